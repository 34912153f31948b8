import type { allowed } from '../models/allowed';

export type Value = typeof allowed;

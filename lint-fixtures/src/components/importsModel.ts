import { allowed } from '../models/allowed';

export const value = allowed;

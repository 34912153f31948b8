import { leaf } from '../api/leaf';

export const allowed = leaf;

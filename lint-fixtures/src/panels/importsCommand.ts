import { leaf } from '../commands/leaf';

export const value = leaf;

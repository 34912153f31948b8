import { a } from './cycleA';

export const b = (): number => a() - 1;

import type { components } from '../generated/api';
import type { Request } from './request';

type Schemas = components['schemas'];

const kernelPath = (name: string): string => `kernels/${encodeURIComponent(name)}`;

/** The kernels that were made from locks. */
export async function listKernels(request: Request): Promise<Schemas['Kernel'][]> {
  const answer = await request<Schemas['Kernels']>('kernels');
  return answer.kernels;
}

/** The job that makes a kernel from an open notebook's lock. */
export function makeKernel(
  request: Request,
  body: Schemas['KernelRequest']
): Promise<Schemas['Job']> {
  return request('kernels', { method: 'POST', body });
}

/** The job that makes a kernel anew from the saved lock of its notebook. */
export function refreshKernel(request: Request, name: string): Promise<Schemas['Job']> {
  return request(kernelPath(name), { method: 'POST' });
}

/** What deleting a kernel removed. */
export function deleteKernel(
  request: Request,
  name: string
): Promise<Schemas['KernelRemoval']> {
  return request(kernelPath(name), { method: 'DELETE' });
}

/** How the kernel that an open notebook names compares with its lock. */
export function checkKernel(
  request: Request,
  body: Schemas['OpenNotebook']
): Promise<Schemas['KernelCheck']> {
  return request('notebooks/kernels', { method: 'POST', body });
}

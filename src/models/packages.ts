import { getPackage, searchPackages } from '../api/packages';
import type { Request } from '../api/request';
import type { IPackagesModel, PackageDetails, PackageSearch } from '../environmentTokens';

const LIMIT = 20;

/** Asks the server for what the user's package indexes have. */
export class PackagesModel implements IPackagesModel {
  constructor(private readonly _request: Request) {}

  /** The names that match what was typed. */
  search(query: string): Promise<PackageSearch> {
    return searchPackages(this._request, { query, limit: LIMIT });
  }

  /** A package and its versions, and which of them fit a Python; the server's when null. */
  describe(name: string, pythonVersion: string | null): Promise<PackageDetails> {
    return getPackage(
      this._request,
      name,
      pythonVersion ? { python_version: pythonVersion } : {}
    );
  }
}

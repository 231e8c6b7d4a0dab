import type { TenantDomain } from '../monocloud/tenant-domain.ts';
import type { UserId } from '../monocloud/user-id.ts';

/** What of the settings a report needs. */
export interface ReportSettings {
  readonly domain: TenantDomain;
  readonly userIds: readonly UserId[];
  readonly ignoreNotFound: boolean;
  readonly dryRun: boolean;
  /** ms */
  readonly maxRetryWait: number;
  readonly reportFile: string | undefined;
  readonly profilesFile: string | undefined;
}

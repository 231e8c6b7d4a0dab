import type { Emulator } from '../../emulator/emulator.ts';
import type { RecordedRequest } from '../../emulator/request-log.ts';

/** The requests in the order of arrival, as in `DELETE user-1`. */
export function requestsTo({ requests }: Emulator): readonly string[] {
  return requests.map((request) => `${request.method} ${userOf(request)}`);
}

/** The methods of the requests, or of those for one user, in the order of arrival. */
export function methodsOf({ requests }: Emulator, user?: string): readonly string[] {
  return requests
    .filter((request) => user === undefined || userOf(request) === user)
    .map(({ method }) => method);
}

/** Which users the emulator was asked about, in the order of arrival. */
export function requestedUsers({ requests }: Emulator): readonly string[] {
  return requests.map((request) => userOf(request));
}

/** Only the removals, in the order of arrival: without those users that were read afterwards. */
export function removals({ requests }: Emulator): readonly RecordedRequest[] {
  return requests.filter(({ method }) => method === 'DELETE');
}

/** ms between each request and the next one. */
export function gapsBetween({ requests }: Emulator): readonly number[] {
  return requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? at));
}

/** ms from the first request to the last one. */
export function spanOf({ requests }: Emulator): number {
  return (requests.at(-1)?.at ?? NaN) - (requests[0]?.at ?? NaN);
}

function userOf({ path }: RecordedRequest): string {
  return decodeURIComponent(path.split('/')[3] ?? '');
}

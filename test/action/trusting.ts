import type { CertificateAuthority } from '../../emulator/certificates.ts';
import type { StepOptions } from '../runner/run-action.ts';

/** What makes a step trust a private authority: a file, and the variable that names it. */
export function trusting({
  certificate,
}: CertificateAuthority): Required<Pick<StepOptions, 'env' | 'files'>> {
  return { env: { NODE_EXTRA_CA_CERTS: 'ca.pem' }, files: { 'ca.pem': certificate } };
}

import type { Failure, FailureCause } from './failure.ts';

interface Wording {
  readonly title: string;
  readonly detail: string;
}

const WORDING: Readonly<Record<FailureCause, Wording>> = {
  'connection-refused': {
    title: 'No connection',
    detail: 'The server could not be reached. Check the domain and port, and the runner’s network.',
  },
  'connection-reset': {
    title: 'Connection lost',
    detail: 'The connection ended before an answer came.',
  },
  'timed-out': {
    title: 'Timed out',
    detail: 'No complete answer came within the time that `timeout` allows for one try.',
  },
  'body-broke-off': {
    title: 'Answer broke off',
    detail: 'The connection ended in the middle of the answer.',
  },
  tls: {
    title: 'No secure connection',
    detail:
      'The server’s certificate was not accepted, or it does not speak TLS, so the key was not ' +
      'sent. Check the domain; behind a proxy or with a private CA, give the CA to the runner in ' +
      'NODE_EXTRA_CA_CERTS.',
  },
  'unknown-host': {
    title: 'Unknown host',
    detail: 'No such host is known. Check the domain for a typing error.',
  },
  'not-http': {
    title: 'Not an HTTP server',
    detail: 'What came back is not HTTP. Check the domain and port.',
  },
  'proxy-refused': {
    title: 'Proxy refused',
    detail:
      'The proxy of the runner did not open a connection to the domain. Check HTTPS_PROXY and its ' +
      'credentials, and whether the proxy allows the domain.',
  },
  'no-final-answer': {
    title: 'No final answer',
    detail: 'Interim answers (1xx) came, but no final one within the time for one try.',
  },
  cancelled: {
    title: 'Cancelled',
    detail: 'The step was cancelled before an answer came.',
  },
};

/** The failure as a plain sentence, with the code that a search engine knows. */
export function failureInWords({ cause, code }: Failure): Wording {
  const { title, detail } = WORDING[cause];
  return { title, detail: code === cause ? detail : `${detail} (${code})` };
}

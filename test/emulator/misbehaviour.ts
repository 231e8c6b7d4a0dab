import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { JSON_HEADERS, emptyAnswer, exactProblem, problemAnswer, send } from './answers.ts';
import type { Answer } from './answers.ts';
import { breakOff, drip, oversize, startBody } from './broken-bodies.ts';
import type { AnyAnswer, Fault, Informational } from './faults.ts';
import { again, later } from './timing.ts';

/** One request that is to be answered badly. */
export interface Exchange {
  response: ServerResponse;
  /** The connection, inside TLS where there is TLS. */
  socket: Socket;
  /** The TCP connection beneath. */
  tcp: Socket;
  /** The raw request target. */
  path: string;
  /** Does what the request asks for, and gives the proper answer. */
  apply: () => Answer;
  /** A 200 for the user as it is, nothing being changed. */
  unchanged: () => Answer;
  /** Counts the request as over, before the client can know that it is. */
  leave: () => void;
}

/** Answers a request in the way a fault says. */
export function misbehave(fault: Fault, exchange: Exchange): void {
  const { response, socket, tcp, path } = exchange;
  const proper = properAnswer(fault, exchange);
  const reply = (answer: Answer): void => {
    exchange.leave();
    send(response, answer);
  };
  switch (fault.kind) {
    case 'late':
      later(response, fault.ms, () => {
        reply(proper);
      });
      break;
    case 'answer':
      reply(anyAnswer(fault, path));
      break;
    case 'problem':
      reply(withRetryAfter(exactProblem(fault.status, fault.problem), fault.retryAfter));
      break;
    case 'rate-limited':
      reply(rateLimited(path, fault.retryAfter));
      break;
    case 'drop':
      tcp.resetAndDestroy();
      break;
    case 'break-off':
      breakOff(fault, response, proper);
      break;
    case 'stall':
      if (fault.interim === true) response.writeProcessing();
      if (fault.where === 'body') startBody(response, proper);
      break;
    case 'drip':
      drip(fault, response);
      break;
    case 'redirect':
      reply(emptyAnswer(fault.status, { location: fault.location }));
      break;
    case 'html':
      reply(webPage(fault.status ?? 200));
      break;
    case 'oversize':
      oversize(fault, response);
      break;
    case 'informational':
      inform(fault, exchange);
      break;
    case 'raw':
      socket.write(fault.bytes);
      socket.destroySoon();
      break;
    default:
      fault satisfies never;
  }
}

/** The answer to a request past the rate limit. */
export function rateLimited(path: string, retryAfter: string | number): Answer {
  const detail = 'Too many requests. Please try again later.';
  return withRetryAfter(problemAnswer(429, { instance: path, detail }), retryAfter);
}

function properAnswer(fault: Fault, { apply, unchanged }: Exchange): Answer {
  const takesEffect = fault.kind === 'late' || ('apply' in fault && fault.apply);
  return takesEffect ? apply() : unchanged();
}

function anyAnswer({ status, headers = {}, body }: AnyAnswer, path: string): Answer {
  if (body === undefined) {
    const { headers: own, body: problem } =
      status < 400 ? emptyAnswer(status) : problemAnswer(status, { instance: path });
    return { status, headers: { ...own, ...headers }, body: problem };
  }
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return { status, headers: typed ? headers : { ...JSON_HEADERS, ...headers }, body };
}

function withRetryAfter(answer: Answer, retryAfter: string | number | undefined): Answer {
  if (retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } };
}

function webPage(status: number): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!doctype html><title>Please wait</title><h1>We will be right back</h1>',
  };
}

function inform({ status, everyMs }: Informational, { response, socket }: Exchange): void {
  const upgrade = status === 101 ? 'Connection: Upgrade\r\nUpgrade: emulator\r\n' : '';
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${upgrade}\r\n`;
  socket.write(head);
  if (status === 101) return;
  again(response, everyMs, () => {
    socket.write(head);
  });
}

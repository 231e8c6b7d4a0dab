import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import {
  JSON_HEADERS,
  emptyAnswer,
  exactProblem,
  problemAnswer,
  responseBytes,
  send,
  throttledAnswer,
  withRetryAfter,
} from './answers.ts';
import type { Answer } from './answers.ts';
import { again, breakOff, drip, later, oversize, startBody } from './broken-bodies.ts';
import type { AnyAnswer, Fault, Informational, LargeHeaders, SecondAnswer } from './faults.ts';
import type { Connection } from './server.ts';

/** One request that is to be answered badly. */
export interface FaultyRequest {
  response: ServerResponse;
  /** The connection it came over, if that is still there. */
  connection: Connection | undefined;
  /** The raw request target. */
  path: string;
  /** Does what the request asks for, and gives the proper answer. */
  apply: () => Answer;
  /** A 200 for the user as it is, nothing being changed. */
  unchanged: () => Answer;
  /** A 200 for another user. */
  profileOf: (user: string) => Answer;
  /** Counts the request as over, before the client can know that it is. */
  end: () => void;
}

/** Answers a request in the way a fault says. */
export function misbehave(fault: Fault, request: FaultyRequest): void {
  const { response, connection, path } = request;
  const { socket } = request.response.req;
  const proper = properAnswer(fault, request);
  const reply = (answer: Answer): void => {
    request.end();
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
      reply(throttledAnswer(path, fault));
      break;
    case 'drop':
      (connection?.tcp ?? socket).resetAndDestroy();
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
      inform(fault, response);
      break;
    case 'raw':
      socket.write(fault.bytes);
      socket.destroySoon();
      break;
    case 'profile-of':
      reply(request.profileOf(fault.user));
      break;
    case 'second-answer':
      sendSecond(fault, request);
      reply(proper);
      break;
    case 'large-headers':
      reply({ ...proper, headers: { ...proper.headers, ...largeHeaders(fault) } });
      break;
    default:
      fault satisfies never;
  }
}

/** The faults that are about what else comes with the proper answer. */
const ALWAYS_APPLIED = new Set<Fault['kind']>(['late', 'second-answer', 'large-headers']);

function properAnswer(fault: Fault, { apply, unchanged }: FaultyRequest): Answer {
  const takesEffect = ALWAYS_APPLIED.has(fault.kind) || ('apply' in fault && fault.apply);
  return takesEffect ? apply() : unchanged();
}

function anyAnswer({ status, headers = {}, body }: Omit<AnyAnswer, 'kind'>, path: string): Answer {
  if (body === undefined) {
    const { headers: own, body: problem } =
      status < 400 ? emptyAnswer(status) : problemAnswer(status, { instance: path });
    return { status, headers: { ...own, ...headers }, body: problem };
  }
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return { status, headers: typed ? headers : { ...JSON_HEADERS, ...headers }, body };
}

function webPage(status: number): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!doctype html><title>Please wait</title><h1>We will be right back</h1>',
  };
}

function inform({ status, everyMs }: Informational, response: ServerResponse): void {
  const { socket } = response.req;
  const upgrade = status === 101 ? 'Connection: Upgrade\r\nUpgrade: emulator\r\n' : '';
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${upgrade}\r\n`;
  socket.write(head);
  if (status === 101) return;
  again(response, everyMs, () => {
    socket.write(head);
  });
}

/** Prepares the answer that follows the proper one. */
function sendSecond(fault: SecondAnswer, request: FaultyRequest): void {
  const { response, connection, path } = request;
  const { afterMs, user, status = 200 } = fault;
  const { socket } = response.req;
  const second = responseBytes(
    user === undefined ? anyAnswer({ ...fault, status }, path) : request.profileOf(user),
  );
  if (afterMs === undefined) {
    if (connection !== undefined) connection.unaskedFor = second;
    return;
  }
  response.once('finish', () => {
    const timer = setTimeout(() => {
      socket.write(second);
    }, afterMs);
    socket.once('close', () => {
      clearTimeout(timer);
    });
  });
}

/** Many lines, since clients limit the length of one, too. */
function largeHeaders({ bytes }: LargeHeaders): Record<string, string[]> {
  const lineLength = 1024;
  const line = 'a'.repeat(lineLength - 'x-padding: \r\n'.length);
  return { 'x-padding': Array.from({ length: Math.floor(bytes / lineLength) + 1 }, () => line) };
}

/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ 708:
/***/ ((module) => {

module.exports = require("node:https");

/***/ })

/******/ 	});
/************************************************************************/
/******/ 	// The module cache
/******/ 	var __webpack_module_cache__ = {};
/******/ 	
/******/ 	// The require function
/******/ 	function __nccwpck_require__(moduleId) {
/******/ 		// Check if module is in cache
/******/ 		var cachedModule = __webpack_module_cache__[moduleId];
/******/ 		if (cachedModule !== undefined) {
/******/ 			return cachedModule.exports;
/******/ 		}
/******/ 		// Create a new module (and put it into the cache)
/******/ 		var module = __webpack_module_cache__[moduleId] = {
/******/ 			// no module.id needed
/******/ 			// no module.loaded needed
/******/ 			exports: {}
/******/ 		};
/******/ 	
/******/ 		// Execute the module function
/******/ 		var threw = true;
/******/ 		try {
/******/ 			__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 			threw = false;
/******/ 		} finally {
/******/ 			if(threw) delete __webpack_module_cache__[moduleId];
/******/ 		}
/******/ 	
/******/ 		// Return the exports of the module
/******/ 		return module.exports;
/******/ 	}
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/asset-relocator-loader */
/******/ 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
/******/ 	
/******/ 	/* webpack/runtime/compat get default export */
/******/ 	(() => {
/******/ 		// getDefaultExport function for compatibility with non-harmony modules
/******/ 		__nccwpck_require__.n = (module) => {
/******/ 			var getter = module && module.__esModule ?
/******/ 				() => (module['default']) :
/******/ 				() => (module);
/******/ 			__nccwpck_require__.d(getter, { a: getter });
/******/ 			return getter;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/create fake namespace object */
/******/ 	(() => {
/******/ 		var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 		var leafPrototypes;
/******/ 		// create a fake namespace object
/******/ 		// mode & 1: value is a module id, require it
/******/ 		// mode & 2: merge all properties of value into the ns
/******/ 		// mode & 4: return value when already ns object
/******/ 		// mode & 16: return value when it's Promise-like
/******/ 		// mode & 8|1: behave like require
/******/ 		__nccwpck_require__.t = function(value, mode) {
/******/ 			if(mode & 1) value = this(value);
/******/ 			if(mode & 8) return value;
/******/ 			if(typeof value === 'object' && value) {
/******/ 				if((mode & 4) && value.__esModule) return value;
/******/ 				if((mode & 16) && typeof value.then === 'function') return value;
/******/ 			}
/******/ 			var ns = Object.create(null);
/******/ 			__nccwpck_require__.r(ns);
/******/ 			var def = {};
/******/ 			leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 			for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 				Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 			}
/******/ 			def['default'] = () => (value);
/******/ 			__nccwpck_require__.d(ns, def);
/******/ 			return ns;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/define property getters */
/******/ 	(() => {
/******/ 		// define getter functions for harmony exports
/******/ 		__nccwpck_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/hasOwnProperty shorthand */
/******/ 	(() => {
/******/ 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/make namespace object */
/******/ 	(() => {
/******/ 		// define __esModule on exports
/******/ 		__nccwpck_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			}
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = require("os");
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = require("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = require("fs");
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = require("path");
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    core_error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function core_error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', file_command_prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, utils_toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = require("node:child_process");
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = require("node:http");
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_namespaceObject);
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = require("node:path");
;// CONCATENATED MODULE: external "node:stream/consumers"
const consumers_namespaceObject = require("node:stream/consumers");
;// CONCATENATED MODULE: ./build/emulator/faults.js
/** The faults still to come, used up in the order they were given. */
class FaultQueue {
    #queue = [];
    /** Puts a fault at the end of the queue. */
    add(fault, when = {}) {
        this.#queue.push({ fault, when, left: when.next === 'all' ? Infinity : (when.next ?? 1) });
    }
    /** Forgets every fault still to come. */
    clear() {
        this.#queue = [];
    }
    /** Takes the first fault meant for such a request, or undefined when it is to be answered well. */
    take(method, user) {
        const queued = this.#queue.find(({ when, left }) => left > 0 &&
            (when.user === undefined || when.user === user) &&
            (when.method === undefined || when.method === method));
        if (queued === undefined)
            return undefined;
        queued.left -= 1;
        if (queued.left <= 0)
            this.#queue = this.#queue.filter((other) => other !== queued);
        return queued.fault;
    }
}

;// CONCATENATED MODULE: ./build/emulator/answers.js


const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
/** A 200 with a profile. */
function profileAnswer(profile) {
    return {
        status: 200,
        headers: JSON_HEADERS,
        body: profile,
    };
}
/** An answer without a body. */
function emptyAnswer(status, headers = {}) {
    return { status, headers, body: '' };
}
/** Exactly these problem details. */
function exactProblem(status, problem) {
    return {
        status,
        headers: { 'content-type': 'application/problem+json' },
        body: JSON.stringify(problem),
    };
}
/** Problem details (RFC 9457) with the members and types that MonoCloud sends. */
function problemAnswer(status, facts) {
    const { kind, instance, detail, errors } = facts;
    const title = external_node_http_namespaceObject.STATUS_CODES[status] ?? 'Unknown Error';
    return exactProblem(status, {
        type: `https://httpstatuses.io/${status}${kind === undefined ? '' : `#${kind}`}`,
        title,
        status,
        detail: detail ?? `The emulator was asked to answer ${status} ${title}.`,
        instance,
        ...(errors === undefined ? {} : { errors }),
        traceId: `00-${(0,external_node_crypto_namespaceObject.randomBytes)(16).toString('hex')}-${(0,external_node_crypto_namespaceObject.randomBytes)(8).toString('hex')}-00`,
    });
}
/** The same answer with a `Retry-After` header, where there is something to say in it. */
function withRetryAfter(answer, retryAfter) {
    if (retryAfter === undefined)
        return answer;
    return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } };
}
/** 429, or another status that asks for fewer requests or later ones. */
function throttledAnswer(path, { status = 429, retryAfter }) {
    const detail = status === 429 ? 'Too many requests. Please try again later.' : 'Please try again later.';
    return withRetryAfter(problemAnswer(status, { instance: path, detail }), retryAfter);
}
/** Sends a complete answer, with its length. */
function send(response, { status, headers, body }) {
    // A client that gave up takes no answer.
    if (response.destroyed)
        return;
    response.writeHead(status, { ...lengthHeader(status, body), ...headers });
    response.end(body);
}
/** A complete answer as bytes, for a connection on which nobody asked for one. */
function responseBytes({ status, headers, body }) {
    const lines = Object.entries({ ...lengthHeader(status, body), ...headers }).flatMap(([name, value]) => [value].flat().map((line) => `${name}: ${line}\r\n`));
    const head = `HTTP/1.1 ${status} ${external_node_http_namespaceObject.STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
    return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}
function lengthHeader(status, body) {
    if (status === 204 || status === 304)
        return {};
    return { 'content-length': Buffer.byteLength(body) };
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = require("node:timers/promises");
;// CONCATENATED MODULE: ./build/emulator/profile.js

const CREATED = 1_640_975_400;
// Non-ASCII names, so that a client which cuts UTF-8 in the middle of a character is found out.
const GIVEN_NAMES = ['Zoë', 'José', 'Ngọc', 'Søren', 'Łucja', 'Наталья', '美咲', 'Aïcha'];
const FAMILY_NAMES = [
    'Müller',
    'Núñez',
    'Nguyễn',
    'Ångström',
    'Žižek',
    'Иванова',
    '佐藤',
    'O’Neil',
];
/** The person behind a user id, always the same for the same id. */
function personOf(userId) {
    const digest = digestOf(userId, 'person');
    const tag = digest.toString('hex', 0, 6);
    const givenName = `${pick(GIVEN_NAMES, digest.readUInt8(6))}-${tag}`;
    const familyName = `${pick(FAMILY_NAMES, digest.readUInt8(7))}-${tag}`;
    return {
        givenName,
        familyName,
        name: `${givenName} ${familyName}`,
        email: `${tag}@people.example`,
        externalEmail: `${tag}@mail.example`,
        phone: `+44${String(digest.readUIntBE(8, 6) % 1e10).padStart(10, '0')}`,
        ip: `2001:db8:${digest.toString('hex', 14, 16)}:${digest.toString('hex', 16, 18)}::1`,
    };
}
/**
 * A user's profile, with every field of the API's documentation in the order given there.
 * @returns JSON text, as it goes over the wire.
 */
function profileText({ userId, username, lastUpdated }) {
    const person = personOf(userId);
    return JSON.stringify({
        creation_time: CREATED,
        passkeys: [passkeyOf(userId)],
        last_known_city: 'New York',
        private_data: privateDataOf(userId),
        last_sign_in_success_ip: person.ip,
        last_sign_in_attempt: CREATED,
        emails: [emailOf(userId, person)],
        last_activity: CREATED,
        password_updated_at: CREATED,
        public_data: {
            color_preference: { dashboard: 'monochrome' },
            send_emails: true,
            days_to_retain: 1,
        },
        disabled: false,
        connections: [{ idp: 'monocloud', connection_id: tokenOf(userId, 'connection') }],
        has_password: true,
        last_updated: lastUpdated,
        last_sign_in_attempt_ip: person.ip,
        block_until: CREATED,
        failure_count: 5,
        last_known_country: 'United States',
        phone_numbers: [phoneOf(userId, person)],
        user_id: userId,
        force_password_reset: false,
        sign_in_attempts_count: 20,
        last_sign_in_success: CREATED,
        claims: claimsOf(person),
        sign_in_success_count: 7,
        last_known_region: 'US',
        external_providers: [externalProviderOf(userId, person)],
        ...(username !== undefined && { username: usernameOf(userId, username) }),
    });
}
function privateDataOf(userId) {
    return {
        transaction_ids: [tokenOf(userId, 'transaction 1'), tokenOf(userId, 'transaction 2')],
        subscription_plan: 'premium',
        last_renewed: 1_672_511_400,
    };
}
function emailOf(userId, { email }) {
    return {
        verification_source: 'monocloud',
        verified: true,
        id: uuidOf(userId, 'email'),
        source: 'monocloud',
        email,
        primary: true,
    };
}
function phoneOf(userId, { phone }) {
    return {
        verification_source: 'monocloud',
        phone,
        verified: true,
        id: uuidOf(userId, 'phone'),
        source: 'monocloud',
        primary: true,
    };
}
function claimsOf({ name, givenName, familyName }) {
    return { name, given_name: givenName, family_name: familyName };
}
function externalProviderOf(userId, { name, externalEmail }) {
    return {
        provider_user_id: uuidOf(userId, 'provider'),
        claims: { email: externalEmail, email_verified: 'true', name },
        authenticator: 'google',
    };
}
function usernameOf(userId, username) {
    return { id: uuidOf(userId, 'username'), source: 'monocloud', username };
}
function passkeyOf(userId) {
    return {
        public_key: digestOf(userId, 'public key').toString('base64'),
        backup_state: true,
        user_present: true,
        backup_eligibility: true,
        aa_guid: uuidOf(userId, 'authenticator'),
        name: 'iPhone 15 Pro Max',
        passkey_id: tokenOf(userId, 'passkey'),
        user_agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0',
        user_verified: true,
    };
}
function digestOf(userId, purpose) {
    return (0,external_node_crypto_namespaceObject.createHash)('sha256').update(`${purpose}\0${userId}`).digest();
}
function tokenOf(userId, purpose) {
    return digestOf(userId, purpose).toString('base64url');
}
function uuidOf(userId, purpose) {
    const hex = digestOf(userId, purpose).toString('hex');
    return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        `8${hex.slice(17, 20)}`,
        hex.slice(20, 32),
    ].join('-');
}
function pick(names, byte) {
    return names[byte % names.length] ?? '';
}

;// CONCATENATED MODULE: ./build/emulator/users.js

/** The users an emulator starts with when nothing else is asked for. */
const EXAMPLE_USERS = [
    'user-with-username',
    'another-user-with-username',
    { id: 'user-without-username', username: null },
    { id: 'user-still-shown', showsRemovedUsername: true },
];
/** Seeds for `count` users, `user-1` and on, each with a username. */
function* numberedUsers(count) {
    for (let number = 1; number <= count; number += 1)
        yield `user-${number}`;
}
/** The users of one emulator, in memory. */
class UserStore {
    #records = new Map();
    #owners = new Map();
    constructor(seeds) {
        for (const seed of seeds)
            this.add(seed);
    }
    get size() {
        return this.#records.size;
    }
    /** Adds a user, or puts one that exists back to what the seed says. */
    add(seed) {
        const { id, username, showsRemovedUsername = false, } = typeof seed === 'string' ? { id: seed } : seed;
        this.delete(id);
        const initial = username === undefined ? `login-of-${id}` : (username ?? undefined);
        this.#records.set(id, {
            username: initial,
            shownUsername: initial,
            showsRemovedUsername,
            lastUpdated: now(),
        });
        if (initial !== undefined)
            this.#owners.set(ownerKey(initial), id);
    }
    has(id) {
        return this.#records.has(id);
    }
    get(id) {
        const record = this.#records.get(id);
        return record && { id, username: record.username };
    }
    /** All ids, in the order they were added. */
    ids() {
        return [...this.#records.keys()];
    }
    /**
     * The ids of the users of whom the id, the shown username or an email address contains a text, in
     * the order they were added. Lenient, as such filters are: it matches more users than one means.
     */
    search(text) {
        const wanted = text.toLowerCase();
        return this.ids().filter((id) => {
            const { email } = personOf(id);
            const texts = [id, this.#record(id).shownUsername ?? '', email];
            return texts.some((candidate) => candidate.toLowerCase().includes(wanted));
        });
    }
    /** Whether the user really has a username, whatever its profile shows. */
    hasUsername(id) {
        return this.#records.get(id)?.username !== undefined;
    }
    /** How many users have a username and how many have none. */
    counts() {
        const withUsername = this.#owners.size;
        return { withUsername, withoutUsername: this.#records.size - withUsername };
    }
    /** The JSON text that would be sent for a user now. Throws for an unknown id. */
    profile(id) {
        const { shownUsername, lastUpdated } = this.#record(id);
        return profileText({ userId: id, username: shownUsername, lastUpdated });
    }
    /** The same; for an unknown id, the profile of a user who has no username. */
    anyProfile(id) {
        if (this.has(id))
            return this.profile(id);
        return profileText({ userId: id, username: undefined, lastUpdated: now() });
    }
    /** Texts of the user's profile that no log may show. Throws for an unknown id. */
    personalData(id) {
        const { shownUsername } = this.#record(id);
        return [
            ...personalTexts(personOf(id)),
            ...(shownUsername === undefined ? [] : [shownUsername]),
        ];
    }
    /** The id of the user who has this username; letter case makes no difference. */
    ownerOf(username) {
        return this.#owners.get(ownerKey(username));
    }
    /** Removes the username. Throws for an unknown id. */
    removeUsername(id) {
        const record = this.#record(id);
        if (record.username !== undefined)
            this.#owners.delete(ownerKey(record.username));
        record.username = undefined;
        if (!record.showsRemovedUsername)
            record.shownUsername = undefined;
        record.lastUpdated = now();
    }
    /** Gives the user a username that nobody has. Throws for an unknown id. */
    setUsername(id, username) {
        const record = this.#record(id);
        if (record.username !== undefined)
            this.#owners.delete(ownerKey(record.username));
        record.username = username;
        record.shownUsername = username;
        record.lastUpdated = now();
        this.#owners.set(ownerKey(username), id);
    }
    /** Deletes the user, and not only its username. */
    delete(id) {
        const username = this.#records.get(id)?.username;
        if (username !== undefined)
            this.#owners.delete(ownerKey(username));
        this.#records.delete(id);
    }
    #record(id) {
        const record = this.#records.get(id);
        if (record === undefined)
            throw new Error(`the emulator has no user ${JSON.stringify(id)}`);
        return record;
    }
}
function personalTexts(person) {
    const { name, givenName, familyName, email, externalEmail, phone, ip } = person;
    return [name, givenName, familyName, email, externalEmail, phone, ip];
}
function now() {
    return Math.floor(Date.now() / 1000);
}
function ownerKey(username) {
    return username.toUpperCase();
}

;// CONCATENATED MODULE: ./build/emulator/validation.js

/** A value from outside is not what it should be; the message is a sentence that names the place. */
class ValidationError extends Error {
    name = 'ValidationError';
}
/** Reads what somebody gave in one place; a `ValidationError` then begins with its name. */
function readFrom(place, read) {
    try {
        return read();
    }
    catch (error) {
        if (!(error instanceof ValidationError))
            throw error;
        throw new ValidationError(`${place}: ${error.message}`);
    }
}
/** Whether a value is a JSON object. */
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The JSON object in a text, or undefined when that is anything else. */
function parseRecord(text) {
    try {
        const value = JSON.parse(text);
        return isRecord(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/**
 * Reads faults from JSON: `{"fault": {…}, "when": {…}}`, or a list of those.
 * @throws ValidationError
 */
function parseFaultOrders(json) {
    const value = parseJson('The faults', json);
    if (!Array.isArray(value)) {
        assertFaultOrder('', value);
        return [value];
    }
    return value.map((order, index) => {
        assertFaultOrder(`faults[${index}]`, order);
        return order;
    });
}
/**
 * Reads settings from JSON.
 * @throws ValidationError
 */
function parseSettings(json) {
    const value = parseJson('The settings', json);
    assertSettings(value);
    return value;
}
/** As MonoCloud makes them; anything else is a mistake in the list. */
const USER_ID = /^(?!\.{1,2}$)[\w.~|:-]{1,512}$/u;
/**
 * Reads users from text: ids separated by line breaks, commas or spaces, or how many there are, or
 * nothing for the few with telling ids.
 * @returns what `EmulatorOptions.users` takes
 * @throws ValidationError
 */
function parseUsers(text) {
    const ids = text.split(/[\s,]+/u).filter((id) => id !== '');
    const [first] = ids;
    if (first === undefined)
        return EXAMPLE_USERS;
    if (ids.length === 1 && /^\d+$/u.test(first)) {
        return parseWholeNumber('The number of users', first, 1, 1_000_000);
    }
    const bad = ids.find((id) => !USER_ID.test(id));
    if (bad === undefined)
        return ids;
    throw new ValidationError(`${JSON.stringify(bad.slice(0, 80))} is not a user id. Ids have letters, digits and - _ . ~ | : only, 512 at most.`);
}
/**
 * Reads a whole number; `what` begins the sentence of the error.
 * @throws ValidationError
 */
function parseWholeNumber(what, text, from, to) {
    const number = Number(text);
    if (/^\d+$/u.test(text) && number >= from && number <= to)
        return number;
    throw new ValidationError(`${what} must be a whole number from ${from} to ${to}, not ${JSON.stringify(text.slice(0, 80))}.`);
}
function check(wanted, holds) {
    return (place, value) => {
        if (!holds(value))
            throw new ValidationError(`${place} must be ${wanted}.`);
    };
}
function isWholeFrom(value, from) {
    return Number.isSafeInteger(value) && Number(value) >= from;
}
// The characters that Node's HTTP server agrees to send in a header.
function isHeaderText(value) {
    return typeof value === 'string' && /^[\t\u0020-\u007E\u0080-\u00FF]*$/u.test(value);
}
const validation_text = check('a string', (value) => typeof value === 'string');
const headerText = check('a string that can be sent in a header', isHeaderText);
const flag = check('true or false', (value) => typeof value === 'boolean');
const count = check('a whole number from 0 up', (value) => isWholeFrom(value, 0));
const countFrom1 = check('a whole number from 1 up', (value) => isWholeFrom(value, 1));
const interval = check('a whole number of milliseconds from 1 up', (value) => isWholeFrom(value, 1));
const validation_status = check('a status from 200 to 599', (value) => isWholeFrom(value, 200) && Number(value) <= 599);
const retryAfter = check('a whole number from 0 up or a string that can be sent in a header', (value) => isHeaderText(value) || isWholeFrom(value, 0));
const object = check('an object', isRecord);
const headers = check('an object of strings or lists of strings', (value) => isRecord(value) &&
    Object.entries(value).every(([name, header]) => /^[\w!#$%&'*+.^`|~-]+$/u.test(name) && [header].flat().every((line) => isHeaderText(line))));
function oneOf(...choices) {
    return check(`one of ${choices.join(', ')}`, (value) => choices.some((c) => c === value));
}
function orNull(present) {
    return (place, value) => {
        if (value !== null)
            present(place, value);
    };
}
/** An object that has the required members, and of others only those named. */
function shape(required, others = {}) {
    const known = new Map([...Object.entries(required), ...Object.entries(others)]);
    return (place, value) => {
        if (!isRecord(value))
            throw new ValidationError(`${place || 'It'} must be an object.`);
        for (const name of Object.keys(value)) {
            if (known.has(name))
                continue;
            throw new ValidationError(`${member(place, name)} is not known; known are ${[...known.keys()].join(', ')}.`);
        }
        for (const [name, checkMember] of known) {
            if (Object.hasOwn(value, name))
                checkMember(member(place, name), value[name]);
            else if (Object.hasOwn(required, name)) {
                throw new ValidationError(`${member(place, name)} is missing.`);
            }
        }
    };
}
function member(place, name) {
    return place === '' ? name : `${place}.${name}`;
}
const apply = flag;
const FAULTS = {
    late: [{ ms: count }],
    answer: [{ status: validation_status }, { headers, body: validation_text, apply }],
    problem: [
        { status: validation_status, problem: object },
        { retryAfter, apply },
    ],
    'rate-limited': [{ retryAfter }, { apply }],
    drop: [{}, { apply }],
    'break-off': [{}, { after: count, how: oneOf('content-length', 'chunked', 'bad-chunk'), apply }],
    stall: [{ where: oneOf('headers', 'body') }, { interim: flag, apply }],
    drip: [{ everyMs: interval }, { bytes: count, apply }],
    redirect: [{ status: validation_status, location: headerText }, { apply }],
    html: [{}, { status: validation_status, apply }],
    oversize: [{ bytes: count }, { status: validation_status, how: oneOf('content-length', 'chunked'), apply }],
    informational: [{ status: oneOf(101, 102, 103), everyMs: interval }, { apply }],
    raw: [{ bytes: validation_text }, { apply }],
    'profile-of': [{ user: validation_text }, { apply }],
    'second-answer': [{}, { afterMs: count, user: validation_text, status: validation_status, headers, body: validation_text }],
    'large-headers': [{ bytes: count }],
};
const fault = (place, value) => {
    object(place, value);
    const { kind, ...members } = isRecord(value) ? value : {};
    const checks = Object.entries(FAULTS).find(([name]) => name === kind)?.[1];
    if (checks === undefined) {
        throw new ValidationError(`${place}.kind must be one of ${Object.keys(FAULTS).join(', ')}.`);
    }
    shape(...checks)(place, members);
};
const when = shape({}, {
    user: validation_text,
    method: check('a method in upper case', (value) => /^[A-Z]+$/u.test(String(value))),
    next: check("a whole number from 0 up or 'all'", (v) => isWholeFrom(v, 0) || v === 'all'),
});
const faultOrder = shape({ fault }, { when });
const settings = shape({}, {
    latency: count,
    rateLimit: orNull(shape({ perSecond: countFrom1 }, { retryAfter })),
    unavailable: orNull(shape({}, { forMs: count, status: validation_status, retryAfter })),
    maxInFlight: orNull(shape({ limit: count }, { status: validation_status, retryAfter })),
    closeKept: oneOf(true, false, 'after-answer', 'on-next-request'),
});
function assertFaultOrder(place, value) {
    faultOrder(place, value);
}
function assertSettings(value) {
    settings('', value);
}
function parseJson(what, json) {
    try {
        return JSON.parse(json);
    }
    catch {
        throw new ValidationError(`${what} must be valid JSON.`);
    }
}

;// CONCATENATED MODULE: ./build/emulator/api.js


/** Does what a request asks for and says so. */
function answerRequest(tenant, request) {
    const target = readTarget(request.path);
    const instance = request.path;
    if (target.kind === 'unknown')
        return emptyAnswer(404);
    const refusal = refusedKey(tenant, request.apiKey, instance);
    if (refusal !== undefined)
        return refusal;
    if (target.kind === 'malformed') {
        return problemAnswer(400, { instance, detail: 'The user id is not valid percent-encoding.' });
    }
    if (target.kind === 'users') {
        return request.method === 'GET'
            ? listUsers(tenant.users, target.query, instance)
            : emptyAnswer(405, { allow: 'GET' });
    }
    const { kind, id } = target;
    switch (`${request.method} ${kind}`) {
        case 'GET user':
            return withUser(tenant, id, instance, () => profileAnswer(tenant.users.profile(id)));
        case 'DELETE user':
            return withUser(tenant, id, instance, () => {
                tenant.users.delete(id);
                return emptyAnswer(204);
            });
        case 'DELETE username':
            return withUser(tenant, id, instance, () => removeUsername(tenant.users, id, instance));
        case 'PUT username':
            return withUser(tenant, id, instance, () => setUsername(tenant.users, id, request));
        default:
            return emptyAnswer(405, { allow: kind === 'user' ? 'GET, DELETE' : 'PUT, DELETE' });
    }
}
function refusedKey({ apiKey, forbiddenKeys }, given, instance) {
    if (given === apiKey)
        return undefined;
    if (given !== undefined && forbiddenKeys.has(given)) {
        return problemAnswer(403, { instance, detail: 'The API key may not manage users.' });
    }
    return problemAnswer(401, { instance, detail: 'The API key is missing or invalid.' });
}
function withUser({ users }, id, instance, answer) {
    if (users.has(id))
        return answer();
    return problemAnswer(404, { instance, detail: 'The user was not found.' });
}
/** What a query may ask for; a user of the real API gets an error, too, for anything else. */
const PAGE = {
    page: { from: 1, to: Infinity, default: 1 },
    size: { from: 1, to: 100, default: 10 },
};
function listUsers(users, query, instance) {
    const asked = new URLSearchParams(query);
    const page = wholeNumber(asked.get('page'), PAGE.page);
    const size = wholeNumber(asked.get('size'), PAGE.size);
    if (page === undefined || size === undefined) {
        const errors = {
            ...(page === undefined && { page: ['The page must be a whole number from 1 up.'] }),
            ...(size === undefined && { size: ['The size must be a whole number from 1 to 100.'] }),
        };
        return validationProblem(instance, 'validation-error', errors);
    }
    const ids = users.search(asked.get('filter') ?? '');
    const [start, end] = [(page - 1) * size, page * size];
    const pagination = {
        page_size: size,
        current_page: page,
        total_count: ids.length,
        has_previous: page > 1,
        has_next: end < ids.length,
    };
    const { status, headers, body } = profileAnswer(`[${ids
        .slice(start, end)
        .map((id) => users.profile(id))
        .join(',')}]`);
    return { status, headers: { ...headers, 'x-pagination': JSON.stringify(pagination) }, body };
}
function wholeNumber(given, range) {
    if (given === null)
        return range.default;
    const number = Number(given);
    return /^\d+$/u.test(given) && number >= range.from && number <= range.to ? number : undefined;
}
function validationProblem(instance, kind, errors) {
    const what = kind === 'validation-error' ? 'validation' : 'identity validation';
    const detail = `One or more ${what} errors occurred.`;
    return problemAnswer(422, { instance, kind, detail, errors });
}
function removeUsername(users, id, instance) {
    if (!users.hasUsername(id)) {
        return validationProblem(instance, 'identity-validation-error', [
            { code: 'UsernameNotFound', description: 'The user does not have a username.' },
        ]);
    }
    users.removeUsername(id);
    return profileAnswer(users.profile(id));
}
function setUsername(users, id, { path, body }) {
    const username = api_usernameOf(body);
    if (username === undefined) {
        return validationProblem(path, 'validation-error', {
            username: ['The username field is required and must be a non-empty string.'],
        });
    }
    const owner = users.ownerOf(username);
    if (owner !== undefined && owner !== id) {
        return validationProblem(path, 'identity-validation-error', [
            { code: 'DuplicateUserName', description: `Username '${username}' is taken.` },
        ]);
    }
    users.setUsername(id, username);
    return profileAnswer(users.profile(id));
}
function api_usernameOf(body) {
    const username = parseRecord(body)?.['username'];
    return typeof username === 'string' && username.trim() !== '' ? username : undefined;
}
/**
 * Reads a raw request target as a lenient server behind a lenient proxy would: dot segments climb,
 * also when they are percent-encoded, empty segments and letter case are overlooked, `?` and `#`
 * end the path. Lenient, so that every target that some server takes for a user counts as one.
 */
function readTarget(target) {
    const [root, users, rawId, last, ...rest] = segmentsOf(target);
    if (!isWord(root, 'api') || !isWord(users, 'users') || rest.length > 0) {
        return { kind: 'unknown' };
    }
    if (rawId === undefined)
        return { kind: 'users', query: target.split('?')[1] ?? '' };
    if (last !== undefined && !isWord(last, 'username'))
        return { kind: 'unknown' };
    const id = decode(rawId);
    if (id === undefined)
        return { kind: 'malformed' };
    return { kind: last === undefined ? 'user' : 'username', id };
}
function segmentsOf(target) {
    const [path = ''] = target.replace(/^https?:\/\/[^/]*/iu, '').split(/[?#]/u, 1);
    const segments = [];
    for (const segment of path.split(/[/\\]/u)) {
        const plain = segment.replaceAll(/%2e/giu, '.');
        if (plain === '..')
            segments.pop();
        else if (plain !== '.' && plain !== '')
            segments.push(segment);
    }
    return segments;
}
function isWord(segment, word) {
    return segment?.toLowerCase() === word;
}
function decode(segment) {
    try {
        return decodeURIComponent(segment);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = require("node:stream");
;// CONCATENATED MODULE: ./build/emulator/broken-bodies.js


const PADDING = Buffer.alloc(65_536, 'a');
/** Announces the complete body, sends `after` bytes of it (default: half), and no more. */
function startBody(response, { status, headers, body }, after = Math.floor(Buffer.byteLength(body) / 2), onSent) {
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
    response.write(Buffer.from(body).subarray(0, after), onSent);
}
/** Ends the connection in the middle of the body. */
function breakOff({ after, how = 'content-length' }, response, proper) {
    const { socket } = response;
    if (how === 'content-length') {
        startBody(response, proper, after, () => socket?.destroySoon());
        return;
    }
    const body = Buffer.from(proper.body);
    response.writeHead(proper.status, { ...proper.headers, 'transfer-encoding': 'chunked' });
    response.write(body.subarray(0, after ?? Math.floor(body.length / 2)), () => {
        if (how === 'bad-chunk')
            socket?.write('not a size\r\n');
        socket?.destroySoon();
    });
}
/** Sends a body that grows for ever. */
function drip({ bytes = 1, everyMs }, response) {
    response.writeHead(200, JSON_HEADERS);
    response.write('{"drip":"');
    again(response, everyMs, () => {
        response.write('.'.repeat(bytes));
    });
}
/** Sends a large body, never all of it in memory. */
function oversize({ bytes, status = 200, how = 'chunked' }, response) {
    const length = bytes + 1;
    const lengthHeader = how === 'content-length' ? { 'content-length': length } : {};
    response.writeHead(status, { ...JSON_HEADERS, ...lengthHeader });
    // A client that hangs up early does the right thing.
    (0,external_node_stream_namespaceObject.pipeline)(external_node_stream_namespaceObject.Readable.from(paddedObject(length)), response, () => { });
}
function* paddedObject(length) {
    const [start, end] = [Buffer.from('{"padding":"'), Buffer.from('"}')];
    yield start;
    let left = Math.max(0, length - start.length - end.length);
    while (left > 0) {
        const chunk = PADDING.subarray(0, left);
        left -= chunk.length;
        yield chunk;
    }
    yield end;
}
/** Acts after `ms` milliseconds, unless the connection is gone by then. */
function later(response, ms, act) {
    const timer = setTimeout(act, ms);
    response.once('close', () => {
        clearTimeout(timer);
    });
}
/** Acts every `everyMs` milliseconds for as long as the connection lasts. */
function again(response, everyMs, act) {
    const timer = setInterval(act, everyMs);
    response.once('close', () => {
        clearInterval(timer);
    });
}

;// CONCATENATED MODULE: ./build/emulator/misbehaviour.js



/** Answers a request in the way a fault says. */
function misbehave(fault, request) {
    const { response, connection, path } = request;
    const { socket } = request.response.req;
    const proper = properAnswer(fault, request);
    const reply = (answer) => {
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
            if (fault.interim === true)
                response.writeProcessing();
            if (fault.where === 'body')
                startBody(response, proper);
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
            fault;
    }
}
/** The faults that are about what else comes with the proper answer. */
const ALWAYS_APPLIED = new Set(['late', 'second-answer', 'large-headers']);
function properAnswer(fault, { apply, unchanged }) {
    const takesEffect = ALWAYS_APPLIED.has(fault.kind) || ('apply' in fault && fault.apply);
    return takesEffect ? apply() : unchanged();
}
function anyAnswer({ status, headers = {}, body }, path) {
    if (body === undefined) {
        const { headers: own, body: problem } = status < 400 ? emptyAnswer(status) : problemAnswer(status, { instance: path });
        return { status, headers: { ...own, ...headers }, body: problem };
    }
    const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
    return { status, headers: typed ? headers : { ...JSON_HEADERS, ...headers }, body };
}
function webPage(status) {
    return {
        status,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<!doctype html><title>Please wait</title><h1>We will be right back</h1>',
    };
}
function inform({ status, everyMs }, response) {
    const { socket } = response.req;
    const upgrade = status === 101 ? 'Connection: Upgrade\r\nUpgrade: emulator\r\n' : '';
    const head = `HTTP/1.1 ${status} ${external_node_http_namespaceObject.STATUS_CODES[status]}\r\n${upgrade}\r\n`;
    socket.write(head);
    if (status === 101)
        return;
    again(response, everyMs, () => {
        socket.write(head);
    });
}
/** Prepares the answer that follows the proper one. */
function sendSecond(fault, request) {
    const { response, connection, path } = request;
    const { afterMs, user, status = 200 } = fault;
    const { socket } = response.req;
    const second = responseBytes(user === undefined ? anyAnswer({ ...fault, status }, path) : request.profileOf(user));
    if (afterMs === undefined) {
        if (connection !== undefined)
            connection.unaskedFor = second;
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
function largeHeaders({ bytes }) {
    const lineLength = 1024;
    const line = 'a'.repeat(lineLength - 'x-padding: \r\n'.length);
    return { 'x-padding': Array.from({ length: Math.floor(bytes / lineLength) + 1 }, () => line) };
}

;// CONCATENATED MODULE: ./build/emulator/request-log.js

/** A count from 0. */
function countArrivals() {
    let arrived = 0;
    let waiters = [];
    const wake = () => {
        const due = waiters.filter(({ count }) => arrived >= count);
        waiters = waiters.filter(({ count }) => arrived < count);
        for (const { resolve } of due)
            resolve();
    };
    return {
        add: () => {
            arrived += 1;
            wake();
        },
        waitFor: (count) => new Promise((resolve) => {
            waiters.push({ count, resolve });
            wake();
        }),
    };
}
/** Remembers requests in the order of their arrival. */
class RequestLog {
    kept = [];
    inFlight = { now: 0, most: 0 };
    byMethod = new Map();
    arrivals = countArrivals();
    #keep;
    /** @param keep Whether requests are kept or only counted. */
    constructor(keep) {
        this.#keep = keep;
    }
    /** Records a request that has just arrived over the connection of that number. */
    arrive(request, connection) {
        const { method = '', url = '' } = request;
        const rawHeaders = pairs(request.rawHeaders);
        const recorded = {
            method,
            path: url,
            headers: lowerCased(rawHeaders),
            rawHeaders,
            at: performance.now(),
            connection,
            body: '',
        };
        if (this.#keep)
            this.kept.push(recorded);
        this.byMethod.set(method, (this.byMethod.get(method) ?? 0) + 1);
        this.inFlight.now += 1;
        this.inFlight.most = Math.max(this.inFlight.most, this.inFlight.now);
        this.arrivals.add();
        return {
            setBody: (body) => {
                recorded.body = body;
            },
            end: () => {
                this.inFlight.now -= 1;
            },
        };
    }
}
/** The complete body of a request as UTF-8, or undefined when the client went away in the middle. */
async function bodyOf(request) {
    try {
        return await (0,consumers_namespaceObject.text)(request);
    }
    catch {
        return undefined;
    }
}
function pairs(rawHeaders) {
    const result = [];
    for (let index = 0; index < rawHeaders.length; index += 2) {
        result.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
    }
    return result;
}
function lowerCased(rawHeaders) {
    const headers = {};
    for (const [name, value] of rawHeaders) {
        const key = name.toLowerCase();
        headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
    }
    return headers;
}

;// CONCATENATED MODULE: ./build/emulator/request-handler.js





/** Changes the settings that are given, from the next request on. `null` takes a limit away. */
function configure(state, settings) {
    state.settings = { ...state.settings, ...settings };
    state.throttle.limit(state.settings);
}
/** Records a request to the API and answers it, well or badly. */
async function serveApi(request, response, state) {
    const { tenant, log, faults, connections, throttle, settings } = state;
    const { method = '', url: path = '', socket } = request;
    const connection = connections.beneath(socket);
    const arrival = log.arrive(request, connection?.number ?? 0);
    if (connection !== undefined)
        connection.requests += 1;
    const target = readTarget(path);
    const user = 'id' in target ? target.id : undefined;
    if (method === 'DELETE' && target.kind === 'user')
        tenant.deletedUsers.push(target.id);
    if (settings.closeKept === 'on-next-request' && (connection?.requests ?? 0) > 1) {
        arrival.end();
        socket.destroy();
        return;
    }
    if (settings.closeKept === true || settings.closeKept === 'after-answer') {
        response.once('finish', () => socket.destroySoon());
    }
    if (connection?.unaskedFor !== undefined) {
        socket.write(connection.unaskedFor);
        connection.unaskedFor = undefined;
    }
    // Both are decided at arrival, so that they follow the order of arrival.
    const throttled = throttle.acquire(performance.now());
    const fault = throttled === undefined ? faults.take(method, user) : undefined;
    const end = once(() => {
        arrival.end();
        if (throttled === undefined)
            throttle.release();
    });
    response.on('close', end);
    const body = await bodyOf(request);
    if (body === undefined)
        return;
    arrival.setBody(body);
    const apply = () => answerRequest(tenant, { method, path, apiKey: keyOf(request), body });
    if (fault === undefined) {
        const answer = throttled === undefined ? apply() : throttledAnswer(path, throttled);
        await pause(settings.latency);
        end();
        send(response, answer);
        return;
    }
    await pause(settings.latency);
    const known = user !== undefined && tenant.users.has(user);
    misbehave(fault, {
        response,
        connection,
        path,
        apply,
        unchanged: () => profileAnswer(known ? tenant.users.profile(user) : '{}'),
        profileOf: (id) => profileAnswer(tenant.users.anyProfile(id)),
        end,
    });
}
function once(act) {
    let done = false;
    return () => {
        if (!done)
            act();
        done = true;
    };
}
async function pause(ms = 0) {
    if (ms > 0)
        await (0,promises_namespaceObject.setTimeout)(ms, undefined, { ref: false });
}
function keyOf({ headers }) {
    const key = headers['x-api-key'];
    return Array.isArray(key) ? key.join(', ') : key;
}

;// CONCATENATED MODULE: ./build/emulator/remote-control.js




const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/u;
const STOP = 'POST /emulator/stop';
/** What can be asked of the emulator itself. */
const CONTROLS = new Map([
    ['GET /emulator/state', (_body, state) => stateAnswer(state)],
    // Answered like that, then `controlRemotely` does it.
    [STOP, (_body, state) => stateAnswer(state)],
    [
        'POST /emulator/faults',
        (body, { faults }) => {
            for (const { fault, when } of parseFaultOrders(body))
                faults.add(fault, when);
            return emptyAnswer(204);
        },
    ],
    [
        'DELETE /emulator/faults',
        (_body, { faults }) => {
            faults.clear();
            return emptyAnswer(204);
        },
    ],
    [
        'POST /emulator/settings',
        (body, state) => {
            configure(state, parseSettings(body));
            return emptyAnswer(204);
        },
    ],
]);
/** Whether a request target is meant for the emulator itself and not for the API. */
function isRemoteControl(path) {
    return path.startsWith('/emulator/');
}
/** Answers what is asked of the emulator itself, from this machine only. It is not recorded. */
async function controlRemotely(request, response, state) {
    const asked = `${request.method} ${request.url}`;
    const control = CONTROLS.get(asked);
    if (!LOOPBACK.test(request.socket.remoteAddress ?? '')) {
        send(response, sentence(403, 'Only this machine may control the emulator.'));
        return;
    }
    if (control === undefined) {
        send(response, sentence(404, `Known are ${[...CONTROLS.keys()].join(', ')}.`));
        return;
    }
    try {
        const answer = control(await (0,consumers_namespaceObject.text)(request), state);
        if (asked === STOP)
            response.once('close', () => void state.close());
        send(response, answer);
    }
    catch (error) {
        if (error instanceof ValidationError)
            send(response, sentence(400, error.message));
        // What else goes wrong is the client's, which went away.
        else
            response.destroy();
    }
}
function stateAnswer({ tenant, log, throttle }) {
    const state = {
        requests: Object.fromEntries(log.byMethod),
        ...throttle.counts,
        inFlight: log.inFlight,
        users: tenant.users.counts(),
        deletedUsers: tenant.deletedUsers,
    };
    return { status: 200, headers: JSON_HEADERS, body: JSON.stringify(state) };
}
function sentence(status, words) {
    return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${words}\n` };
}

;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = require("node:events");
;// CONCATENATED MODULE: ./build/emulator/server.js


/** A server, HTTPS where there is a certificate, whose connections never time out by themselves. */
async function makeServer(tls) {
    const server = tls === undefined ? external_node_http_default().createServer() : await makeTlsServer(tls);
    server.requestTimeout = 0;
    server.keepAliveTimeout = 0;
    return server;
}
async function makeTlsServer(tls) {
    // Loaded only where it is needed: it takes 10 ms.
    const https = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 708, 23));
    return https.createServer(tls);
}
/**
 * Starts to listen.
 * @returns the port. Rejects when it is taken.
 */
async function listen(server, port, host) {
    server.listen(port, host);
    await (0,external_node_events_namespaceObject.once)(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string')
        throw new Error('not listening on TCP');
    return address.port;
}
/** Stops a server and ends its connections. */
async function stop(server, connections) {
    if (!server.listening)
        return;
    const closed = (0,external_node_events_namespaceObject.once)(server, 'close');
    server.close();
    connections.destroy();
    await closed;
}
/** As in `http://127.0.0.1:41234`. */
function originOf(tls, host, port) {
    const scheme = tls === undefined ? 'http' : 'https';
    return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
/** The TCP connections of one server. */
class Connections {
    #open = new Map();
    #accepted = 0;
    constructor(server) {
        server.on('connection', (tcp) => {
            const key = server_keyOf(tcp);
            this.#accepted += 1;
            this.#open.set(key, { number: this.#accepted, tcp, requests: 0, unaskedFor: undefined });
            tcp.on('close', () => {
                this.#open.delete(key);
            });
            // A client that resets its connection is an everyday event.
            tcp.on('error', () => { });
        });
    }
    /** How many connections were accepted since the start, whether or not a request came. */
    get accepted() {
        return this.#accepted;
    }
    /** The connection beneath a socket of a request, TLS or not; undefined when it is gone. */
    beneath(socket) {
        // TLS hides the socket it wraps, but has the same peer.
        return this.#open.get(server_keyOf(socket));
    }
    /** Ends every connection at once. */
    destroy() {
        for (const { tcp } of this.#open.values())
            tcp.destroy();
    }
}
function server_keyOf(socket) {
    return `${socket.remoteAddress} ${socket.remotePort}`;
}

;// CONCATENATED MODULE: ./build/emulator/throttle.js
/** Holds requests to the limits. A throttled request counts towards no limit. */
class Throttle {
    /** How many requests were within the limits, and how many were not. */
    counts = { accepted: 0, throttled: 0 };
    #limits;
    #acceptedAt = [];
    #inFlight = 0;
    #unavailableSince;
    constructor(limits) {
        this.#limits = limits;
    }
    /** Replaces the limits. The time of another `unavailable` begins with the next request. */
    limit(limits) {
        if (limits.unavailable !== this.#limits.unavailable)
            this.#unavailableSince = undefined;
        this.#limits = limits;
    }
    /**
     * Decides about a request that arrived at `now` (ms).
     * @returns how to turn it away, or undefined when it is accepted; `release` is then to be called
     *   once, when it is over
     */
    acquire(now) {
        const throttled = this.#unavailable(now) ?? this.#tooManyInFlight() ?? this.#tooFast(now);
        if (throttled !== undefined) {
            this.counts.throttled += 1;
            return throttled;
        }
        this.counts.accepted += 1;
        this.#inFlight += 1;
        return undefined;
    }
    /** An accepted request is over. */
    release() {
        this.#inFlight -= 1;
    }
    #unavailable(now) {
        const { unavailable } = this.#limits;
        if (!unavailable)
            return undefined;
        const { forMs = Infinity, status = 429, retryAfter } = unavailable;
        this.#unavailableSince ??= now;
        return now - this.#unavailableSince < forMs ? { status, retryAfter } : undefined;
    }
    #tooManyInFlight() {
        const { maxInFlight } = this.#limits;
        if (!maxInFlight || this.#inFlight < maxInFlight.limit)
            return undefined;
        return { status: maxInFlight.status ?? 503, retryAfter: maxInFlight.retryAfter };
    }
    #tooFast(now) {
        const { rateLimit } = this.#limits;
        if (!rateLimit)
            return undefined;
        this.#acceptedAt = this.#acceptedAt.filter((at) => now - at < 1000);
        if (this.#acceptedAt.length >= rateLimit.perSecond) {
            return { status: 429, retryAfter: rateLimit.retryAfter };
        }
        this.#acceptedAt.push(now);
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/emulator/emulator.js








/** Starts an emulator of MonoCloud; resolves when it listens. Rejects when it can't. */
async function startEmulator(options = {}) {
    const { tls, host = '127.0.0.1' } = options;
    const server = await makeServer(tls);
    const connections = new Connections(server);
    const close = () => stop(server, connections);
    const state = initialState(options, connections, close);
    const { tenant, log, faults } = state;
    server.on('request', (request, response) => {
        const control = isRemoteControl(request.url ?? '');
        void (control ? controlRemotely : serveApi)(request, response, state);
    });
    const port = await listen(server, options.port ?? 0, host);
    return {
        origin: originOf(tls, host, port),
        port,
        apiKey: tenant.apiKey,
        users: tenant.users,
        requests: log.kept,
        inFlight: log.inFlight,
        counts: state.throttle.counts,
        get connections() {
            return connections.accepted;
        },
        deletedUsers: tenant.deletedUsers,
        misbehave: (fault, when) => {
            faults.add(fault, when);
        },
        behave: () => {
            faults.clear();
        },
        configure: (settings) => {
            configure(state, settings);
        },
        waitForRequests: (count) => log.arrivals.waitFor(count),
        close,
        closed: new Promise((resolve) => {
            server.once('close', () => {
                resolve();
            });
        }),
    };
}
function initialState(options, connections, close) {
    const { users = EXAMPLE_USERS } = options;
    return {
        tenant: {
            users: new UserStore(typeof users === 'number' ? numberedUsers(users) : users),
            apiKey: options.apiKey ?? (0,external_node_crypto_namespaceObject.randomBytes)(24).toString('hex'),
            forbiddenKeys: new Set(options.forbiddenKeys),
            deletedUsers: [],
        },
        log: new RequestLog(options.keepRequests ?? true),
        faults: new FaultQueue(),
        connections,
        throttle: new Throttle(options),
        settings: options,
        close,
    };
}

;// CONCATENATED MODULE: ./build/emulator/background.js






/** The argument that makes this program the server. */
const SERVE = 'serve';
/** How long the server may take to start, and to answer one request. */
const START_MS = 10_000;
const ANSWER_MS = 5000;
/** How long it lives at most, and how often it looks whether the runner is still there. */
const LIFETIME_MS = 6 * 60 * 60 * 1000;
const WATCH_MS = 1000;
const LARGEST_USER_IDS = 100 * 1024;
/**
 * Starts the server as another process of this program, which goes on when this one ends.
 *
 * @param announce called when the server answers; an error of its is thrown on
 * @throws Error that says why there is no server; no process is left behind then
 */
async function startServer(order, announce) {
    const [, script = ''] = process.argv;
    const child = (0,external_node_child_process_namespaceObject.spawn)(process.execPath, [script, SERVE], {
        // Not the workspace: Windows does not remove a folder that a process is in.
        cwd: (0,external_node_path_namespaceObject.parse)(process.execPath).root,
        detached: true,
        // Not the log of the step: the runner would wait until the server closes it.
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        windowsHide: true,
    });
    try {
        // GitHub's runner starts the step itself. Elsewhere the parent may be a shell that ends at once.
        const runner = process.env['RUNNER_TRACKING_ID'] === undefined ? 0 : process.ppid;
        const started = await start(child, { ...order, runner });
        await ask(started.origin, 'GET', '/emulator/state');
        announce(started);
        await detach(child);
    }
    catch (error) {
        child.kill('SIGKILL');
        throw error;
    }
}
/**
 * Ends a server.
 * @returns what it was asked until then
 * @throws Error that says why it does not answer
 */
async function stopServer(origin) {
    const state = JSON.parse(await ask(origin, 'POST', '/emulator/stop'));
    if (isState(state))
        return state;
    throw new TypeError('its answer is not that of an emulator');
}
/** What the server's process does. It gets its order from the process that started it. */
function serve() {
    let detached = false;
    process.on('disconnect', () => {
        if (!detached)
            process.exit();
    });
    process.once('message', (order) => {
        process.once('message', () => {
            detached = true;
        });
        void carryOut(order);
    });
}
async function carryOut(order) {
    try {
        if (!isOrder(order))
            throw new TypeError('the order is not complete');
        const emulator = await startEmulator({
            ...parseSettings(order.settings),
            apiKey: order.apiKey,
            keepRequests: false,
            users: parseUsers(order.users),
        });
        for (const { fault, when } of parseFaultOrders(order.faults))
            emulator.misbehave(fault, when);
        setTimeout(() => process.exit(), LIFETIME_MS).unref();
        if (order.runner > 1)
            endWith(order.runner);
        const ids = emulator.users.ids();
        const userIds = ids.join('\n');
        const isTooLarge = Buffer.byteLength(userIds) > LARGEST_USER_IDS;
        const started = {
            origin: emulator.origin,
            userCount: ids.length,
            userIds: isTooLarge ? null : userIds,
        };
        process.send?.(started);
    }
    catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        process.send?.({ error: message }, () => process.exit());
    }
}
/** Ends this process when another one is gone. */
function endWith(pid) {
    const watch = setInterval(() => {
        if (!isRunning(pid))
            process.exit();
    }, WATCH_MS);
    watch.unref();
}
function isRunning(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        // A process of another user cannot be signalled, but it is there.
        return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
}
/** Gives the server its order, and waits until it listens. */
async function start(child, order) {
    let timer;
    const message = await new Promise((resolve, reject) => {
        timer = setTimeout(() => {
            reject(new Error(`it did not start within ${START_MS / 1000} seconds`));
        }, START_MS);
        child.once('error', reject);
        child.once('exit', (code, signal) => {
            reject(new Error(`its process ended with ${code ?? signal}`));
        });
        child.once('message', resolve);
        // Where this fails, the process is gone, and `exit` says so.
        child.send(order, () => { });
    }).finally(() => {
        clearTimeout(timer);
    });
    if (isStarted(message))
        return message;
    throw new Error(isRecord(message) ? String(message['error']) : 'its message is not understood');
}
/** Lets the server go on without this process. */
async function detach(child) {
    await new Promise((resolve, reject) => {
        child.send('detached', (error) => {
            if (error === null)
                resolve();
            else
                reject(error);
        });
    });
    child.disconnect();
    child.unref();
}
/** Sends one request, past every proxy. */
async function ask(origin, method, path) {
    const response = await new Promise((resolve, reject) => {
        const request = external_node_http_default().request(`${origin}${path}`, { method, agent: false, timeout: ANSWER_MS });
        request.on('timeout', () => {
            request.destroy(new Error(`no answer within ${ANSWER_MS / 1000} seconds`));
        });
        request.on('error', reject);
        request.on('response', resolve);
        request.end();
    });
    if (response.statusCode !== 200)
        throw new Error(`status ${response.statusCode}`);
    return (0,consumers_namespaceObject.text)(response);
}
function isOrder(value) {
    return (isRecord(value) &&
        typeof value['runner'] === 'number' &&
        ['apiKey', 'users', 'settings', 'faults'].every((name) => typeof value[name] === 'string'));
}
function isStarted(value) {
    return (isRecord(value) &&
        typeof value['origin'] === 'string' &&
        typeof value['userCount'] === 'number' &&
        (value['userIds'] === null || typeof value['userIds'] === 'string'));
}
function isState(value) {
    return (isRecord(value) &&
        isRecord(value['requests']) &&
        isRecord(value['users']) &&
        Array.isArray(value['deletedUsers']));
}

;// CONCATENATED MODULE: ./build/emulator/action.js




// Whatever ends the step early leaves a failed step.
process.exitCode = 1;
if (process.argv[2] === SERVE)
    serve();
else
    void (getState('started') === '' ? main() : post());
/** Starts the emulator in the background. It outlives the step, and not the job. */
async function main() {
    try {
        // Before anything else that can fail: it tells the end of the job from its start.
        saveState('started', 'true');
        const apiKey = (0,external_node_crypto_namespaceObject.randomBytes)(24).toString('hex');
        setSecret(apiKey);
        await startServer({ apiKey, ...readInputs() }, (started) => {
            publish(started, apiKey);
        });
        process.exitCode = 0;
    }
    catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (error instanceof ValidationError)
            core_error(message, { title: 'Invalid input' });
        else {
            const title = 'Emulator not started';
            core_error(`The emulator could not be started: ${message}.`, { title });
        }
    }
}
/** Says what the emulator was asked, and ends it. */
async function post() {
    process.exitCode = 0;
    const origin = getState('origin');
    if (origin === '') {
        info('The emulator was not started.');
        return;
    }
    try {
        const { requests, throttled, users, deletedUsers } = await stopServer(origin);
        const asked = Object.entries(requests).map(([method, count]) => `${count} ${method}`);
        info(`Requests to the emulator: ${asked.join(', ') || 'none'}.`);
        if (throttled > 0)
            info(`Requests past its limits: ${throttled}.`);
        const { withUsername, withoutUsername } = users;
        info(`Its users: ${withUsername} with a username, ${withoutUsername} without.`);
        if (deletedUsers.length > 0) {
            const title = 'Users deleted';
            warning(`DELETE /api/users/{id} was asked for: ${deletedUsers.join(', ')}.`, { title });
        }
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const title = 'Emulator ended early';
        warning(`The emulator at ${origin} does not answer any more (${reason}).`, { title });
    }
}
/** The inputs, checked here, so that no process is started for bad ones. */
function readInputs() {
    const users = getInput('users');
    readFrom('Input `users`', () => parseUsers(users));
    const faults = getInput('faults') || '[]';
    readFrom('Input `faults`', () => parseFaultOrders(faults));
    const rateLimit = getInput('rate-limit');
    const settings = {
        latency: parseWholeNumber('Input `latency`', getInput('latency') || '0', 0, 600_000),
        ...(rateLimit !== '' && {
            rateLimit: {
                perSecond: parseWholeNumber('Input `rate-limit`', rateLimit, 1, 1_000_000),
                retryAfter: 1,
            },
        }),
    };
    return { users, settings: JSON.stringify(settings), faults };
}
function publish({ origin, userCount, userIds }, apiKey) {
    saveState('origin', origin);
    setOutput('domain', origin);
    setOutput('api-key', apiKey);
    setOutput('user-ids', userIds ?? '');
    info(`An emulator of MonoCloud answers at ${origin} until the job ends.`);
    info(`It has ${userCount} ${userCount === 1 ? 'user' : 'users'}.`);
    if (userIds === null) {
        const title = 'Output left empty';
        notice('The output `user-ids` is empty: it would be over 100 KiB.', { title });
    }
}

module.exports = __webpack_exports__;
/******/ })()
;
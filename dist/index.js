/******/ (() => { // webpackBootstrap
/******/ 	var __webpack_modules__ = ({

/***/ 770:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(218);


/***/ }),

/***/ 218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

"use strict";
var __webpack_unused_export__;


var net = __nccwpck_require__(278);
var tls = __nccwpck_require__(756);
var http = __nccwpck_require__(611);
var https = __nccwpck_require__(692);
var events = __nccwpck_require__(434);
var assert = __nccwpck_require__(613);
var util = __nccwpck_require__(23);


exports.httpOverHttp = httpOverHttp;
exports.httpsOverHttp = httpsOverHttp;
exports.httpOverHttps = httpOverHttps;
exports.httpsOverHttps = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
__webpack_unused_export__ = debug; // for test


/***/ }),

/***/ 613:
/***/ ((module) => {

"use strict";
module.exports = require("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

"use strict";
module.exports = require("events");

/***/ }),

/***/ 611:
/***/ ((module) => {

"use strict";
module.exports = require("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

"use strict";
module.exports = require("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

"use strict";
module.exports = require("net");

/***/ }),

/***/ 756:
/***/ ((module) => {

"use strict";
module.exports = require("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

"use strict";
module.exports = require("util");

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
// This entry need to be wrapped in an IIFE because it need to be in strict mode.
(() => {
"use strict";

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
    command_issueCommand('debug', {}, message);
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
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
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
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = require("node:path");
;// CONCATENATED MODULE: ./build/src/user-error.js
/** Something that the user of the action can mend: shown as it is, without a stack trace. */
class UserError extends Error {
    name = 'UserError';
    /** The annotation's title: fixed words, nothing from outside. */
    title;
    /** @param message whole sentences: what was wrong, where, and what would be right */
    constructor(title, message) {
        super(message);
        this.title = title;
    }
}
/**
 * @param name the input, as in action.yml
 * @param wrong completes "Input `x` …"
 * @param right a whole sentence: what would be right
 */
function inputError(name, wrong, right) {
    return new UserError('Invalid input', `Input \`${name}\` ${wrong}. ${right} Nothing was sent.`);
}
/** What arrived, where it is short: a part of it could be a part of the key, which nothing finds. */
function quoted(text) {
    return text.length > 200 ? `a text of ${text.length} characters` : `\`${text}\``;
}
/** The code of a file system error, as in `EACCES`; never its text, which has paths in it. */
function codeOf(error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

;// CONCATENATED MODULE: ./build/src/inputs/raw-inputs.js
/** The defaults in action.yml, which a test compares with these. */
const DEFAULTS = {
    'on-not-found': 'fail',
    'dry-run': 'false',
    'max-users': '100',
    concurrency: '4',
    retries: '3',
    timeout: '30',
    'max-retry-wait': '120',
};
/**
 * The runner sets a variable for every declared input; only without a runner can one be missing.
 * One that is set to nothing stays nothing, also where there is a default: the runner does the
 * same, and `dry-run: ''` must not turn into a removal.
 */
function rawInputs(env) {
    return (name) => {
        const given = env[`INPUT_${name.toUpperCase()}`];
        return (given ?? (isDefaulted(name) ? DEFAULTS[name] : '')).trim();
    };
}
function isDefaulted(name) {
    return Object.hasOwn(DEFAULTS, name);
}

;// CONCATENATED MODULE: ./build/src/inputs/scalars.js


/** @returns a whole number within the range, both ends included */
function wholeNumber(inputs, name, lowest, highest = Number.MAX_SAFE_INTEGER) {
    const text = inputs(name);
    const value = /^\d+$/u.test(text) ? Number(text) : NaN;
    if (value >= lowest && value <= highest)
        return value;
    const range = highest === Number.MAX_SAFE_INTEGER ? `${lowest} up` : `${lowest} to ${highest}`;
    throw wrongValue(name, text, `a whole number from ${range}`);
}
/** The booleans of YAML 1.2 and no others: `yes` and `1` are somebody's mistake. */
function yamlBoolean(inputs, name) {
    const text = inputs(name);
    if (/^(?:true|True|TRUE)$/u.test(text))
        return true;
    if (/^(?:false|False|FALSE)$/u.test(text))
        return false;
    throw wrongValue(name, text, '`true` or `false`');
}
/** @returns which of two words was given */
function oneOf(inputs, name, choices) {
    const text = inputs(name);
    const choice = choices.find((one) => one === text);
    if (choice !== undefined)
        return choice;
    throw wrongValue(name, text, choices.map((one) => `\`${one}\``).join(' or '));
}
function wrongValue(name, text, right) {
    if (text === '') {
        return inputError(name, 'is empty', `Give ${right}, or leave the input out for \`${DEFAULTS[name]}\`. If it comes from a ` +
            'variable, check that the variable is set.');
    }
    return inputError(name, `is ${quoted(text)}`, `It takes ${right}.`);
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = require("node:fs");
;// CONCATENATED MODULE: ./build/src/monocloud/json.js
/**
 * @returns the object, or undefined where the text is not JSON or is another kind of value. No
 *   error: the parser's own message quotes the text, which here may be somebody's profile.
 */
function parseJsonObject(text) {
    try {
        const value = JSON.parse(text);
        return isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
const UTF8 = new TextDecoder('utf-8', { fatal: true });
/** @returns the text of UTF-8 bytes without a BOM, or undefined where they are not UTF-8 */
function decodeUtf8(bytes) {
    try {
        return UTF8.decode(bytes);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/src/monocloud/user-id.js
/** In characters as a person counts them (code points). */
const LONGEST_USER_ID = 512;
/** @param text the id, already trimmed */
function checkUserId(text) {
    return isUserId(text) ? { value: text } : { wrong: complaint(text) ?? 'is not a user id' };
}
function isUserId(text) {
    return complaint(text) === undefined;
}
function complaint(text) {
    if (text === '')
        return 'is empty';
    // `encodeURIComponent` leaves dots alone, and `..` would climb to `DELETE /api/users/{id}`.
    if (text === '.' || text === '..')
        return `is \`${text}\`, which a URL reads as a folder`;
    if (/\p{Cc}/u.test(text))
        return 'has a control character';
    if (!text.isWellFormed())
        return 'has half of a surrogate pair, which no URL can carry';
    const length = Array.from(text).length;
    if (length > LONGEST_USER_ID) {
        return `is ${length} characters long; at most ${LONGEST_USER_ID} are taken`;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/src/inputs/user-ids.js




const AT_LEAST_ONE = {
    'user-id': 'Give one user id a line, or a JSON array of strings, or use `user-id-file`. If it comes from ' +
        'a variable or an earlier step, check that it is available in this workflow context.',
    'user-id-file': 'Put one user id on each line of it.',
};
/** The input `user-id`: one id a line, or a JSON array of strings. */
function userIdsFromText(text) {
    return text.startsWith('[') ? userIdsFromArray(text) : userIdsFromLines('user-id', text);
}
/** @param file absolute. One id a line; UTF-8 with or without a BOM, lines end with LF or CRLF */
function userIdsFromFile(file) {
    const text = decodeUtf8(readBytes(file));
    if (text === undefined) {
        throw inputError('user-id-file', 'names a file that is not UTF-8', 'Save it as UTF-8.');
    }
    return userIdsFromLines('user-id-file', text);
}
function userIdsFromLines(input, text) {
    const userIds = new Set();
    for (const [index, line] of text.split('\n').entries()) {
        const entry = line.trim();
        if (entry !== '')
            userIds.add(userIdFromLine(input, entry, `line ${index + 1}`));
    }
    return atLeastOne(input, userIds);
}
function userIdFromLine(input, entry, where) {
    if (!entry.includes(','))
        return checked(input, entry, where);
    throw inputError(input, `has a comma in ${where} (${quoted(entry)})`, 'Put each user on a line of its own. If the comma belongs to the id, give the ids as a JSON ' +
        'array in `user-id`.');
}
function userIdsFromArray(text) {
    const entries = parseArray(text);
    if (entries === undefined) {
        throw inputError('user-id', 'starts with `[` but is not a JSON array', 'Give a JSON array of strings, as in `["a","b"]`, or one user id a line.');
    }
    const userIds = entries.map((entry, index) => {
        const where = `entry ${index + 1}`;
        if (typeof entry === 'string')
            return checked('user-id', entry.trim(), where);
        throw inputError('user-id', `has an ${where} that is not a string`, 'Every entry of the JSON array is a user id in quotes.');
    });
    return atLeastOne('user-id', new Set(userIds));
}
function checked(input, text, where) {
    const result = checkUserId(text);
    if ('value' in result)
        return result.value;
    throw inputError(input, `has a user id in ${where} that ${result.wrong}`, 'Give the ids as MonoCloud shows them.');
}
function atLeastOne(input, userIds) {
    if (userIds.size === 0)
        throw inputError(input, 'names no user', AT_LEAST_ONE[input]);
    return [...userIds];
}
function parseArray(text) {
    try {
        const value = JSON.parse(text);
        return Array.isArray(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function readBytes(file) {
    try {
        return (0,external_node_fs_namespaceObject.readFileSync)(file);
    }
    catch (error) {
        throw inputError('user-id-file', `names a file that cannot be read (${codeOf(error)}): ${quoted(file)}`, 'Check the path, which is relative to the workspace, and that an earlier step made the file.');
    }
}

;// CONCATENATED MODULE: ./build/src/monocloud/api-key.js
/**
 * The Management API key. A class, and not a string, so that no template, log line or JSON can show
 * it by accident: only `reveal()` gives the text, and only the request header and the redaction ask.
 */
class ApiKey {
    #text;
    constructor(text) {
        this.#text = text;
    }
    /**
     * Surrounding white space is trimmed: it comes along when a secret is pasted, and is never part
     * of a key. Anything but visible ASCII inside could bend the request header.
     */
    static check(text) {
        const trimmed = text.trim();
        if (trimmed === '')
            return { wrong: 'is empty' };
        if (/\s/u.test(trimmed))
            return { wrong: 'has white space inside' };
        if (!/^[\u0021-\u007E]+$/u.test(trimmed)) {
            return { wrong: 'has characters other than visible ASCII' };
        }
        return { value: new ApiKey(trimmed) };
    }
    reveal() {
        return this.#text;
    }
    toString() {
        return '***';
    }
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = require("node:net");
;// CONCATENATED MODULE: ./build/src/monocloud/tenant-domain.js

const SHAPE = /^(?:(?<scheme>https?):\/\/)?(?<host>\[[\da-f:]+\]|[a-z\d.-]+)(?::(?<port>[1-9]\d{0,4}))?\/?$/iu;
const LABEL = /^(?!-)[a-z\d-]{1,63}(?<!-)$/u;
const LONGEST_HOST_NAME = 253;
const HIGHEST_PORT = 65_535;
/** Hosts that plain HTTP is allowed to, so that a workflow can be tried on its own machine. */
const OWN_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Where the tenant is reached: checked, parsed, and found to be what was asked for. */
class TenantDomain {
    protocol;
    /** Host name or IP address, without the brackets of IPv6, as sockets and certificates want it. */
    hostname;
    port;
    /** As people read it: the host, and the port where it is not the usual one. */
    shown;
    /** Scheme, host and port; no path. */
    origin;
    constructor(url, port) {
        this.protocol = url.protocol === 'http:' ? 'http:' : 'https:';
        this.hostname = withoutBrackets(url.hostname);
        this.port = port;
        this.shown = url.host;
        this.origin = url.origin;
    }
    /**
     * Checks a tenant domain such as `acme.us.monocloud.com`. A key goes to whatever this returns, so
     * nothing is guessed: anything that parsers could read in two ways is refused, and what the URL
     * parser made of it is compared with what was asked for.
     */
    static check(text) {
        if (text === '')
            return { wrong: 'is empty' };
        const parts = SHAPE.exec(text)?.groups;
        if (parts === undefined)
            return { wrong: tenant_domain_complaint(text) };
        const scheme = (parts['scheme'] ?? 'https').toLowerCase();
        const host = (parts['host'] ?? '').toLowerCase();
        const port = Number(parts['port'] ?? defaultPort(scheme));
        if (port > HIGHEST_PORT)
            return { wrong: `has port ${port}; the highest is ${HIGHEST_PORT}` };
        if (scheme === 'http' && !OWN_MACHINE.has(host)) {
            return { wrong: 'asks for http://, which would send the key in the clear' };
        }
        const wrong = hostComplaint(host);
        if (wrong !== undefined)
            return { wrong };
        const url = URL.parse(`${scheme}://${host}:${port}/`);
        const parsedPort = Number(url?.port === '' ? defaultPort(scheme) : url?.port);
        if (url?.hostname !== host || parsedPort !== port || url.pathname !== '/') {
            return { wrong: 'is not a host name that a URL reads as it is written' };
        }
        return { value: new TenantDomain(url, port) };
    }
}
function hostComplaint(host) {
    const address = withoutBrackets(host);
    if ((0,external_node_net_namespaceObject.isIP)(address) !== 0) {
        const loopback = (0,external_node_net_namespaceObject.isIPv4)(address) ? address.startsWith('127.') : host === '[::1]';
        return loopback ? undefined : 'is an IP address; certificates and tenants go by name';
    }
    const labels = host.split('.');
    if (host.length > LONGEST_HOST_NAME || !labels.every((label) => LABEL.test(label))) {
        return 'is not a host name';
    }
    // The URL standard reads a last label of digits as an IP address, in ways that surprise.
    if (/^(?:\d+|0x[\da-f]*)$/u.test(labels.at(-1) ?? ''))
        return 'ends like an IP address';
    return undefined;
}
/** Only wording: what was not matched by `SHAPE` is refused whatever this finds. */
function tenant_domain_complaint(text) {
    if (/\s/u.test(text))
        return 'has white space';
    if (text.includes('\\'))
        return 'has a backslash';
    if (text.includes('@'))
        return 'has a user name or an @';
    if (/[?#]/u.test(text))
        return 'has a query or a fragment';
    if (/[^\u0020-\u007E]/u.test(text))
        return 'has characters outside of ASCII';
    if (/^[a-z][a-z\d+.-]*:\/\//iu.test(text) && !/^https?:\/\//iu.test(text)) {
        return 'has a scheme other than https://';
    }
    if (/\/./u.test(text.replace(/^https?:\/\//iu, '')))
        return 'has a path';
    return 'is not a host name';
}
function defaultPort(scheme) {
    return scheme === 'https' ? 443 : 80;
}
function withoutBrackets(host) {
    return host.replaceAll(/[[\]]/gu, '');
}

;// CONCATENATED MODULE: ./build/src/inputs.js







/** The key as the workflow gave it, unchecked: to be masked before anything else happens. */
function rawApiKey(env) {
    return rawInputs(env)('api-key');
}
/** @throws UserError for the first input that is wrong */
function readSettings(env) {
    const inputs = rawInputs(env);
    const workspace = env['GITHUB_WORKSPACE'] ?? '.';
    const pathOf = (name) => inputs(name) === '' ? undefined : (0,external_node_path_namespaceObject.resolve)(workspace, inputs(name));
    const settings = {
        apiKey: apiKeyFrom(inputs),
        domain: domainFrom(inputs),
        ignoreNotFound: oneOf(inputs, 'on-not-found', ['fail', 'ignore']) === 'ignore',
        dryRun: yamlBoolean(inputs, 'dry-run'),
        concurrency: wholeNumber(inputs, 'concurrency', 1, 64),
        retries: wholeNumber(inputs, 'retries', 0, 10),
        timeout: wholeNumber(inputs, 'timeout', 1, 600) * 1000,
        maxRetryWait: wholeNumber(inputs, 'max-retry-wait', 0, 3600) * 1000,
        reportFile: pathOf('report-file'),
        profilesFile: pathOf('profiles-file'),
    };
    const maxUsers = wholeNumber(inputs, 'max-users', 1);
    const userIdFile = pathOf('user-id-file');
    refuseSharedFiles({
        'user-id-file': userIdFile,
        'report-file': settings.reportFile,
        'profiles-file': settings.profilesFile,
    });
    return { ...settings, userIds: userIdsFrom(inputs, userIdFile, maxUsers) };
}
function apiKeyFrom(inputs) {
    const result = ApiKey.check(inputs('api-key'));
    if ('value' in result)
        return result.value;
    throw inputError('api-key', result.wrong, 'Give the Management API key from a secret. If it does come from one, check that the secret ' +
        'is available in this workflow context: workflows from forks get none.');
}
function domainFrom(inputs) {
    const text = inputs('domain');
    const result = TenantDomain.check(text);
    if ('value' in result)
        return result.value;
    throw inputError('domain', text === '' ? result.wrong : `${result.wrong}: ${quoted(text)}`, 'Give the domain of your tenant, as in `acme.us.monocloud.com`.');
}
function userIdsFrom(inputs, file, maxUsers) {
    const text = inputs('user-id');
    if (text !== '' && file !== undefined) {
        throw inputError('user-id', 'is given beside `user-id-file`', 'Give exactly one of the two.');
    }
    const userIds = file === undefined ? userIdsFromText(text) : userIdsFromFile(file);
    if (userIds.length <= maxUsers)
        return userIds;
    throw inputError(file === undefined ? 'user-id' : 'user-id-file', `names ${userIds.length} users, and \`max-users\` allows ${maxUsers}`, 'Check the list; if it is right, raise `max-users`.');
}
/** A report over the list of users, or two reports into one file, would destroy what is there. */
function refuseSharedFiles(files) {
    const seen = new Map();
    for (const [name, file] of Object.entries(files)) {
        if (file === undefined)
            continue;
        const other = seen.get(file);
        if (other !== undefined) {
            throw inputError(name, `is the same file as \`${other}\``, 'Give each a file of its own.');
        }
        seen.set(file, name);
    }
}

;// CONCATENATED MODULE: ./build/src/version.js
/** The version in package.json, which a test compares with this one. */
const VERSION = '1.0.0';

;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = require("node:tls");
;// CONCATENATED MODULE: ./build/src/monocloud/failure.js
/** Node's error codes before and while a connection is made, or when it ends. */
const CAUSES = new Map([
    ['ECONNREFUSED', 'connection-refused'],
    ['EHOSTUNREACH', 'connection-refused'],
    ['ENETUNREACH', 'connection-refused'],
    ['EADDRNOTAVAIL', 'connection-refused'],
    ['EAI_AGAIN', 'connection-refused'],
    ['ETIMEDOUT', 'timed-out'],
    ['ENOTFOUND', 'unknown-host'],
    ['EAI_NODATA', 'unknown-host'],
    ['EAI_NONAME', 'unknown-host'],
    ['EPROTO', 'tls'],
]);
/** The reasons for which OpenSSL rejects a certificate, as Node names them. */
const CERTIFICATE_CODE = /CERT|CRL|SIGNATURE|ISSUER|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|UNSPECIFIED/u;
/** How the `tunnel` library words it when a proxy answers CONNECT with anything but 200. */
const PROXY_REFUSED = /^tunneling socket could not be established, statusCode=(?<status>\d+)/u;
const PROXY_FAILED = /^tunneling socket could not be established, cause=(?<cause>.*)/su;
const PROXY_GARBAGE = 'got illegal response body from proxy';
/**
 * Sorts what Node threw. The text of an error is not kept: it may quote what came over the wire.
 *
 * @param mayHaveReached whether the connection stood, so that the request may have been read
 * @param answering whether the headers of an answer had come
 */
function failureFrom(error, mayHaveReached, answering) {
    const message = error instanceof Error ? error.message : '';
    const refusal = PROXY_REFUSED.exec(message)?.groups?.['status'];
    if (refusal !== undefined)
        return proxyFailure('proxy-refused', refusal);
    if (message === PROXY_GARBAGE)
        return proxyFailure('proxy-refused', 'no tunnel');
    const proxyCause = PROXY_FAILED.exec(message)?.groups?.['cause'];
    if (proxyCause !== undefined)
        return failureOfProxy(proxyCause);
    const code = failure_codeOf(error);
    if (answering)
        return { cause: 'body-broke-off', mayHaveReached: true, code };
    return { cause: causeOf(code), mayHaveReached, code };
}
function causeOf(code) {
    if (code.startsWith('HPE_'))
        return 'not-http';
    if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || CERTIFICATE_CODE.test(code)) {
        return 'tls';
    }
    return CAUSES.get(code) ?? 'connection-reset';
}
/** Whatever happens before the tunnel stands, the tenant has seen nothing of the request. */
function proxyFailure(cause, code) {
    return { cause, mayHaveReached: false, code: `proxy: ${code}` };
}
/** The library keeps the message of what went wrong with the proxy, but not its code. */
function failureOfProxy(message) {
    if (message.startsWith('Parse Error'))
        return proxyFailure('proxy-refused', 'not HTTP');
    const code = /\b(?:E[A-Z_]{3,}|ERR_[A-Z_]+)\b/u.exec(message)?.[0];
    if (code !== undefined)
        return proxyFailure(causeOf(code), code);
    const cause = /certificate|altname|SSL|TLS/iu.test(message) ? 'tls' : 'connection-reset';
    return proxyFailure(cause, cause === 'tls' ? 'TLS' : 'ECONNRESET');
}
function failure_codeOf(error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return typeof code === 'string' && /^[\w-]{1,64}$/u.test(code) ? code : 'no code';
}

;// CONCATENATED MODULE: ./build/src/monocloud/exchange.js


/** A body over this many bytes is cut off: 1 MiB. */
const LARGEST_BODY = 1_048_576;
const SWITCHING_PROTOCOLS = 101;
/**
 * One request and its answer. No redirects, no tries of its own, no content encoding; the deadline
 * holds whatever the socket does, and the body is counted while it is read.
 *
 * @returns never rejects for anything that a server, a proxy or a network can do
 */
function exchange(connection, route, headers, { timeout, cancellation }) {
    const progress = { mayHaveReached: false, informational: false, answering: false };
    if (cancellation.isRequested)
        return Promise.resolve(cutShort('cancelled', progress));
    const { request, destroy } = connection.open({ ...route, headers });
    return new Promise((resolve) => {
        // Whatever comes first ends it, and what comes after that changes nothing any more: neither a
        // socket nor a proxy can hold up the deadline.
        const end = (result) => {
            clearTimeout(timer);
            stopListening();
            destroy();
            resolve(result);
        };
        const timer = setTimeout(() => end(cutShort('timed-out', progress)), timeout);
        const stopListening = cancellation.listen(() => end(cutShort('cancelled', progress)));
        converse(request, progress).then(end, (error) => end(failed(error, progress)));
    });
}
async function converse(request, progress) {
    const response = await answerTo(request, progress);
    progress.answering = true;
    request.on('error', (error) => response.destroy(error));
    const { statusCode: status = 0, headers } = response;
    const body = status === SWITCHING_PROTOCOLS ? new Uint8Array() : await readBody(response);
    return { kind: 'response', status, headers, body };
}
/** Sends the request and waits for the headers of the final answer. */
function answerTo(request, progress) {
    const reached = () => {
        progress.mayHaveReached = true;
    };
    return new Promise((resolve, reject) => {
        // Stays for good: an error that comes after the answer would otherwise be an uncaught one.
        request.on('error', reject);
        request.on('response', resolve);
        request.on('information', () => {
            progress.informational = true;
        });
        request.on('upgrade', (response, socket) => {
            socket.destroy();
            resolve(response);
        });
        request.on('socket', (socket) => {
            if (request.reusedSocket)
                reached();
            else if (socket instanceof external_node_tls_namespaceObject.TLSSocket)
                socket.once('secureConnect', reached);
            else if (socket.connecting)
                socket.once('connect', reached);
            else
                reached();
        });
        request.end();
    });
}
function readBody(response) {
    const encoding = response.headers['content-encoding'] ?? '';
    if (!['', 'identity'].includes(encoding.trim().toLowerCase()))
        return Promise.resolve('encoded');
    const chunks = [];
    let length = 0;
    return new Promise((resolve, reject) => {
        response.on('data', (chunk) => {
            length += chunk.byteLength;
            if (length > LARGEST_BODY)
                resolve('too large');
            else
                chunks.push(chunk);
        });
        response.on('error', reject);
        // Comes in any case, also where neither an end nor an error does.
        response.on('close', () => {
            if (response.complete)
                resolve(Buffer.concat(chunks));
            else
                reject(new Error('The body broke off.'));
        });
    });
}
function failed(error, { mayHaveReached, answering }) {
    return { kind: 'failure', failure: failureFrom(error, mayHaveReached, answering) };
}
function cutShort(limit, progress) {
    const { mayHaveReached, informational, answering } = progress;
    const cause = limit === 'timed-out' && informational && !answering ? 'no-final-answer' : limit;
    return { kind: 'failure', failure: { cause, mayHaveReached, code: cause } };
}

;// CONCATENATED MODULE: ./build/src/monocloud/failure-wording.js
const WORDING = {
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
        detail: 'The server’s certificate was not accepted, or it does not speak TLS, so the key was not ' +
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
        detail: 'The proxy of the runner did not open a connection to the domain. Check HTTPS_PROXY and its ' +
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
function failureInWords({ cause, code }) {
    const { title, detail } = WORDING[cause];
    return { title, detail: code === cause ? detail : `${detail} (${code})` };
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = require("node:http");
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_namespaceObject);
;// CONCATENATED MODULE: ./build/src/monocloud/problem-details.js


/** A problem of this action's own making. */
function makeProblem(title, detail, status) {
    return { title, detail, status, errors: [], sent: undefined };
}
/**
 * Reads the body of an error. Any JSON object is taken as the API's word; members of the wrong type
 * are ignored (RFC 9457 §3.1), and so is the `status` inside: the one of HTTP decides.
 *
 * @param text the body, or undefined where it could not be read
 */
function parseProblem(status, text) {
    const reason = external_node_http_namespaceObject.STATUS_CODES[status] ?? 'Unknown status';
    const object = text === undefined ? undefined : parseJsonObject(text);
    if (text === undefined || object === undefined) {
        return makeProblem(reason, `The API answered ${status} without problem details.`, status);
    }
    return {
        title: textOf(object['title']) ?? reason,
        detail: textOf(object['detail']),
        status,
        errors: validationErrors(object['errors']),
        sent: text.trim(),
    };
}
/** MonoCloud sends a list of `{code, description}`, or an object of field to messages. */
function validationErrors(errors) {
    if (Array.isArray(errors)) {
        const list = errors;
        return list.flatMap((entry) => {
            if (!isJsonObject(entry))
                return textsOf(entry);
            const code = textOf(entry['code']);
            return labelled(code, textOf(entry['description']) ?? code);
        });
    }
    if (!isJsonObject(errors))
        return [];
    return Object.entries(errors).flatMap(([field, messages]) => textsOf(messages).flatMap((message) => labelled(field, message)));
}
function labelled(label, message) {
    if (message === undefined)
        return [];
    return label === undefined || label === '' || label === message
        ? [message]
        : [`${label}: ${message}`];
}
function textsOf(value) {
    const values = Array.isArray(value) ? value : [value];
    return values.flatMap((one) => textOf(one) ?? []);
}
function textOf(value) {
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

;// CONCATENATED MODULE: ./build/src/monocloud/profile.js

/** @returns undefined where the text is not a JSON object */
function parseProfile(text) {
    const object = parseJsonObject(text);
    if (object === undefined)
        return undefined;
    const userId = object['user_id'];
    const username = object['username'];
    return {
        text,
        userId: typeof userId === 'string' ? userId : undefined,
        // Anything there counts: "no username" is a promise, "a username" only a doubt.
        hasUsername: username !== undefined && username !== null && username !== '',
    };
}

;// CONCATENATED MODULE: ./build/src/monocloud/retry-after.js
/** The three forms of an HTTP date that a recipient must read (RFC 9110 §5.6.7). */
const HTTP_DATES = [
    /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d{2}) [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/u,
    /^[A-Z][a-z]{5,8}, (?<day>\d{2})-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/u,
    /^[A-Z][a-z]{2} [A-Z][a-z]{2} (?<day>[ \d]\d) \d{2}:\d{2}:\d{2} \d{4}$/u,
];
/**
 * Reads `Retry-After` (RFC 9110 §10.2.3): whole seconds or an HTTP date.
 *
 * @param value the header's value, if there was one
 * @param serverTime ms since the epoch by the server's clock: a date is meant by that clock, and the
 *   runner's may be wrong
 * @returns how long to wait, in ms, more than 0; undefined where the value is missing, unreadable or
 *   in the past
 */
function parseRetryAfter(value, serverTime) {
    const text = value?.trim();
    if (text === undefined)
        return undefined;
    const wait = /^\d+$/u.test(text)
        ? Number(text) * 1000
        : (parseHttpDate(text) ?? NaN) - serverTime;
    // An absurd number of seconds is still a number of ms.
    return wait > 0 ? Math.min(wait, Number.MAX_SAFE_INTEGER) : undefined;
}
/**
 * `Date.parse` alone would read `5` as the year 2001.
 *
 * @returns ms since the epoch, or undefined for anything but an HTTP date
 */
function parseHttpDate(text) {
    const day = HTTP_DATES.map((form) => form.exec(text)?.groups?.['day']).find(Boolean);
    if (day === undefined)
        return undefined;
    const date = new Date(text.endsWith(' GMT') ? text : `${text} GMT`);
    // The parser rolls the 31st of February over and passes over the weekday, both without a word.
    const isTrue = date.getUTCDate() === Number(day) && sameWeekday(date, text);
    return isTrue ? date.getTime() : undefined;
}
function sameWeekday(date, text) {
    return date.toUTCString().slice(0, 3) === text.slice(0, 3);
}

;// CONCATENATED MODULE: ./build/src/monocloud/answer.js






/** @param now ms since the epoch, by the runner's clock */
function answerFrom(result, now) {
    if (result.kind === 'failure')
        return noAnswer(result.failure);
    const { status, headers, body } = result;
    const text = body instanceof Uint8Array ? decodeUtf8(body) : undefined;
    if (status === 200) {
        const profile = isProblem(headers) || text === undefined ? undefined : parseProfile(text);
        if (profile !== undefined)
            return { kind: 'profile', status, profile };
    }
    return {
        kind: 'error',
        status,
        whole: body instanceof Uint8Array,
        problem: problemOf(status, headers, body, text),
        retryAfter: parseRetryAfter(headers['retry-after'], serverTime(headers) ?? now),
    };
}
function noAnswer(failure) {
    const { title, detail } = failureInWords(failure);
    return {
        kind: 'no answer',
        cause: failure.cause,
        mayHaveReached: failure.mayHaveReached,
        problem: makeProblem(title, detail),
    };
}
function problemOf(status, headers, body, text) {
    if (body === 'too large') {
        return makeProblem('Answer too large', `The API answered ${status} with a body of more than ${LARGEST_BODY} bytes, which was cut off.`, status);
    }
    if (body === 'encoded') {
        return makeProblem('Answer encoded', `The API answered ${status} with a content encoding that was not asked for.`, status);
    }
    if (status >= 300 && status < 400) {
        return makeProblem('Redirect not followed', `The server answered ${status} and pointed elsewhere${target(headers)}. Following it would ` +
            'carry the API key to another place.', status);
    }
    if (status >= 400)
        return parseProblem(status, text);
    if (isProblem(headers))
        return parseProblem(status, text);
    return makeProblem('Not proven', `The API answered ${status} with ${bodyInWords(text)}.`, status);
}
/** Only the host: the rest of a location is outside text that helps nobody. */
function target(headers) {
    const url = URL.parse(headers.location ?? '');
    return url === null ? '' : `, to ${url.host}`;
}
function bodyInWords(text) {
    if (text === undefined)
        return 'a body that is not UTF-8';
    if (text.trim() === '')
        return 'an empty body';
    if (/^\s*</u.test(text))
        return 'a web page';
    return parseJsonObject(text) === undefined
        ? 'a body that is not a JSON object'
        : 'a JSON object, which counts only with the status 200';
}
function isProblem(headers) {
    return /^\s*application\/problem\+json\s*(?:;|$)/iu.test(headers['content-type'] ?? '');
}
function serverTime(headers) {
    return headers.date === undefined ? undefined : parseHttpDate(headers.date);
}

;// CONCATENATED MODULE: ./build/src/monocloud/cancellation.js
/**
 * An abort signal for many short requests. A signal keeps its listeners in a linked list, where one
 * that was removed still holds those that came after it: with a listener for each request, what
 * thousands of them had in hand would stay in memory. This one listens once, and keeps its own in an
 * array.
 */
class Cancellation {
    #signal;
    #listeners = [];
    constructor(signal) {
        this.#signal = signal;
        signal.addEventListener('abort', () => {
            for (const listener of this.#listeners.splice(0))
                listener();
        });
    }
    get isRequested() {
        return this.#signal.aborted;
    }
    /**
     * @param listener called should it be cancelled from now on
     * @returns a function that takes the listener away
     */
    listen(listener) {
        this.#listeners.push(listener);
        return () => {
            const index = this.#listeners.indexOf(listener);
            if (index !== -1)
                this.#listeners.splice(index, 1);
        };
    }
}

;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = require("node:https");
var external_node_https_default = /*#__PURE__*/__nccwpck_require__.n(external_node_https_namespaceObject);
// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(611);
var external_http_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_http_, 2);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(692);
var external_https_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_https_, 2);
;// CONCATENATED MODULE: ./build/node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ./node_modules/tunnel/index.js
var tunnel = __nccwpck_require__(770);
;// CONCATENATED MODULE: ./stubs/undici/index.js
/**
 * `@actions/http-client` asks for undici only in `getAgentDispatcher()`, which is for `fetch`. This
 * action reaches proxies through `getAgent()`. Should anything ever need the real one, it fails here
 * instead of connecting past a proxy.
 */
function ProxyAgent() {
  throw new Error('undici is not part of this bundle.');
}

;// CONCATENATED MODULE: ./build/node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var lib_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return lib_awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => lib_awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return lib_awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => lib_awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return lib_awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return lib_awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return lib_awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return lib_awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return lib_awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return lib_awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return lib_awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return lib_awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return lib_awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return lib_awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return lib_awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return lib_awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return lib_awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return lib_awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return lib_awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return lib_awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => lib_awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./build/src/monocloud/proxy.js



/**
 * The proxy that the environment asks for (`HTTPS_PROXY`, `NO_PROXY`, in either case).
 *
 * @returns undefined where there is to be none
 * @throws UserError for one that the HTTP client would pass over without a word
 */
function proxyFor(origin) {
    const url = new URL(origin);
    const given = process.env['https_proxy'] ?? '';
    const wanted = given === '' ? (process.env['HTTPS_PROXY'] ?? '') : given;
    if (url.protocol !== 'https:' || wanted === '' || checkBypass(url))
        return undefined;
    const proxy = read(url);
    if (proxy !== undefined && proxy.hostname !== '' && /^https?:$/u.test(proxy.protocol)) {
        return proxy;
    }
    throw new UserError('Unusable proxy', 'HTTPS_PROXY is not the URL of a proxy such as http://proxy.example.com:3128, and going past ' +
        'it is not what was asked for. Nothing was sent.');
}
/**
 * What has to be added to the client's settings for its proxy: it would ask a proxy that is spoken
 * to over TLS for a certificate of the tenant.
 */
function proxyTlsOptions(proxy) {
    const host = proxy.hostname.replaceAll(/[[\]]/gu, '');
    // No server name goes to an IP address (RFC 6066 §3); Node then checks against the address.
    return { servername: (0,external_node_net_namespaceObject.isIP)(host) === 0 ? host : '' };
}
function read(url) {
    try {
        return getProxyUrl(url);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: external "node:async_hooks"
const external_node_async_hooks_namespaceObject = require("node:async_hooks");
;// CONCATENATED MODULE: external "node:diagnostics_channel"
const external_node_diagnostics_channel_namespaceObject = require("node:diagnostics_channel");
;// CONCATENATED MODULE: ./build/src/monocloud/tunnel.js



/**
 * Through a proxy, a try is two requests: its own, and the CONNECT that the proxy's agent sends first
 * and gives nobody a handle to. A proxy that never answers it would keep the process alive for ever.
 *
 * @returns a function that opens a request so that `destroy` ends both
 */
function tunnelOpener() {
    const requestsOfTry = new external_node_async_hooks_namespaceObject.AsyncLocalStorage();
    (0,external_node_diagnostics_channel_namespaceObject.subscribe)('http.client.request.created', (message) => {
        if (typeof message !== 'object' || message === null || !('request' in message))
            return;
        const { request } = message;
        if (request instanceof external_node_http_namespaceObject.ClientRequest)
            requestsOfTry.getStore()?.add(request);
    });
    return (open) => {
        const opened = new Set();
        return {
            request: requestsOfTry.run(opened, open),
            destroy: () => {
                for (const one of opened)
                    one.destroy();
            },
        };
    };
}

;// CONCATENATED MODULE: ./build/src/monocloud/connection.js





/** @throws UserError where the environment asks for a proxy that cannot be used */
function connectTo(domain) {
    const proxy = proxyFor(domain.origin);
    const agent = agentFor(domain.origin, proxy);
    const send = domain.protocol === 'https:' ? (external_node_https_default()).request : (external_node_http_default()).request;
    const opener = proxy === undefined ? openDirectly : tunnelOpener();
    const { hostname: host, port } = domain;
    return {
        open: (options) => opener(() => send({ ...options, host, port, agent, rejectUnauthorized: true })),
    };
}
/** Without a proxy, the request is all there is to a try. */
function openDirectly(open) {
    const request = open();
    return { request, destroy: () => request.destroy() };
}
/**
 * Of the client only its agents are used, which know how to go through a proxy: its `request()`
 * follows redirects with the key, and its `readBody()` waits for ever when a connection breaks.
 */
function agentFor(origin, proxy) {
    const agent = new HttpClient(undefined, [], { keepAlive: true }).getAgent(origin);
    if (!isAgent(agent))
        throw new TypeError('The HTTP client gave no agent.');
    if (proxy !== undefined && 'proxyOptions' in agent && isObject(agent.proxyOptions)) {
        Object.assign(agent.proxyOptions, proxyTlsOptions(proxy));
    }
    return agent;
}
/** The client types its agents as `any`. The proxy's one is an agent by its shape alone. */
function isAgent(agent) {
    return isObject(agent) && 'addRequest' in agent;
}
function isObject(value) {
    return typeof value === 'object' && value !== null;
}

;// CONCATENATED MODULE: ./build/src/monocloud/routes.js
/** `DELETE /api/users/{user_id}/username`: removes the username. */
function removeUsernameRoute(userId) {
    const path = `/api/users/${encodeURIComponent(userId)}/username`;
    assertPath(path, /^\/api\/users\/[^/]+\/username$/u);
    return { method: 'DELETE', path };
}
/** `GET /api/users/{user_id}`: reads the profile. */
function readUserRoute(userId) {
    const path = `/api/users/${encodeURIComponent(userId)}`;
    assertPath(path, /^\/api\/users\/[^/]+$/u);
    return { method: 'GET', path };
}
/**
 * The last check before a request leaves: `DELETE /api/users/{id}` deletes a user for good, so a
 * path that any server or proxy on the way could read as another one is a bug worth dying for.
 */
function assertPath(path, expected) {
    const asParsed = new URL(path, 'https://path.invalid').pathname;
    if (asParsed !== path || !expected.test(path)) {
        throw new Error('The path of a request is not the one that was asked for. Nothing was sent.');
    }
}

;// CONCATENATED MODULE: ./build/src/monocloud/users-api.js






function connectUsersApi(settings) {
    const { domain, apiKey, timeout, now } = settings;
    const limits = { timeout, cancellation: new Cancellation(settings.cancelled) };
    const connection = connectTo(domain);
    const headers = {
        Accept: 'application/json, application/problem+json',
        'Accept-Encoding': 'identity',
        'User-Agent': `monocloud-remove-username/${VERSION}`,
        'X-API-Key': apiKey.reveal(),
    };
    const ask = async (route) => answerFrom(await exchange(connection, route, headers, limits), now());
    return {
        removeUsername: (userId) => ask(removeUsernameRoute(userId)),
        readUser: (userId) => ask(readUserRoute(userId)),
    };
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = require("node:timers/promises");
;// CONCATENATED MODULE: ./build/src/removal/clock.js

const systemClock = {
    // Not `Date.now()`: a clock that is set back in the middle of a pause would end it too early.
    now: () => performance.timeOrigin + performance.now(),
    sleep: (ms, until) => (0,promises_namespaceObject.setTimeout)(ms, undefined, { signal: until }).catch((error) => {
        if (!until.aborted)
            throw error;
    }),
};

;// CONCATENATED MODULE: ./build/src/removal/outcome.js

function isNotDone(outcome) {
    return 'problem' in outcome;
}
/** Never sent. @param refusedWait ms that the API asked to wait, where that is why */
function skipped(refusedWait) {
    return {
        outcome: 'skipped',
        attempts: 0,
        status: null,
        problem: makeProblem('Skipped', 'The batch was stopped before this user was sent.'),
        rule: {},
        ...(refusedWait !== undefined && { refusedWait }),
    };
}
/** A bug of ours got in the way: whether something was sent is not known. */
function broken(error) {
    const name = error instanceof Error ? error.name : typeof error;
    return {
        outcome: 'unconfirmed',
        attempts: 0,
        status: null,
        problem: makeProblem('Internal error', `The action failed on this user (${name}).`),
        rule: {},
    };
}

;// CONCATENATED MODULE: ./build/src/removal/batch.js

/** This many users in a row without an answer, or with 5xx, and the API is taken to be down. */
const UNWELL_IN_A_ROW = 10;
/**
 * Sees every user through. The first goes alone, so that a bad key costs one request; then
 * `concurrency` at a time. After a stop, what is under way ends and the rest is skipped.
 */
async function runBatch({ userIds, concurrency, process, ended, stop, }) {
    const queue = userIds.entries();
    let unwellInARow = 0;
    const resultOf = async (userId) => {
        if (stop.signal.aborted)
            return { userId, ...skipped() };
        try {
            return await process(userId);
        }
        catch (error) {
            stop.now('bug');
            return { userId, ...broken(error) };
        }
    };
    const account = (result, index) => {
        ended(result, index);
        if (!isNotDone(result)) {
            unwellInARow = 0;
            return;
        }
        const { rule, refusedWait } = result;
        unwellInARow = rule.unwell ? unwellInARow + 1 : 0;
        if (rule.stops !== undefined)
            stop.now(rule.stops);
        if (refusedWait !== undefined)
            stop.now('wait-refused');
        if (unwellInARow === UNWELL_IN_A_ROW)
            stop.now('unwell');
    };
    const processTheRest = async () => {
        for (const [index, userId] of queue)
            account(await resultOf(userId), index);
    };
    const [first] = userIds;
    if (first === undefined)
        return;
    queue.next();
    account(await resultOf(first), 0);
    await Promise.all(Array.from({ length: concurrency }, processTheRest));
}

;// CONCATENATED MODULE: ./build/src/removal/pace.js
/** ms: what a limit counts over, unless a longer `Retry-After` says otherwise. */
const WINDOW = 1000;
/** ms: what was accepted before counts half, so that the count speaks of what the API takes now. */
const MEMORY = 5000;
/** ms that everyone holds after a 429 that does not say how long. */
const HOLD = 500;
/** Of the rate at which the API refused, this part is gone on with. */
const START = 0.95;
/** ms until the rate is back where it was refused: at first, and at most after several refusals. */
const FIRST_PROBE = 2500;
const LONGEST_PROBE = 20_000;
/** A refusal that comes again lowers the rate to this part of it at most. */
const LARGEST_CUT = 0.5;
/** Requests a ms. One refusal early on, when little was sent, proves no lower rate than this. */
const LOWEST_GUESS = 10 / 1000;
/**
 * Goes as fast as the answers come, until the API refuses with a 429. What it accepted by then,
 * over the time that it asks to wait, is the rate that it can take (RFC 6585: so many requests in a
 * given time). From there on requests are spaced evenly, a little slower than that, and the rate
 * rises as that of CUBIC does (RFC 9438): hardly at all near the rate that was refused, ever faster
 * beyond it, so that a guess that was too low does not last; and the more often it was refused, the
 * more seldom more is asked for. Spacing keeps refusals few: a rate that is a little too high costs
 * one, where full concurrency would cost one for each user under way.
 */
function createPace({ maxRetryWait, clock }) {
    /** Requests a ms that the API was found to take, since when it rises, and how fast (ms). */
    let limit = Infinity;
    let risingSince = -Infinity;
    let probe = FIRST_PROBE / 2;
    /** Accepted requests, and the time they are counted from. */
    let accepted = 0;
    let countedFrom = clock.now();
    /** A refusal that the limit does not know of yet. */
    let refusal;
    let refusedAt = -Infinity;
    /** Nobody goes before the first; the second is when the spacing lets the next one go. */
    let resumeAt = -Infinity;
    let nextAt = -Infinity;
    const refusedWait = () => {
        const wait = resumeAt - clock.now();
        return wait > maxRetryWait ? wait : undefined;
    };
    const rateAt = (time) => limit * (START + (1 - START) * ((time - risingSince) / probe) ** 3);
    /** Only when the pause is over: by then those that were under way have been counted, too. */
    const learnFromRefusal = (now) => {
        if (refusal === undefined)
            return;
        const { rate, period } = refusal;
        const measured = accepted / period;
        limit =
            rate === Infinity
                ? Math.max(LOWEST_GUESS, measured)
                : Math.min(rate, Math.max(rate * LARGEST_CUT, measured));
        risingSince = now;
        probe = Math.min(LONGEST_PROBE, probe * 2);
        refusal = undefined;
        accepted = 0;
        countedFrom = now;
    };
    const leaveFrom = (startedAt) => (slowDown, retryAfter) => {
        const now = clock.now();
        if (retryAfter !== undefined)
            resumeAt = Math.max(resumeAt, now + retryAfter);
        if (!slowDown) {
            accepted += 1;
            return;
        }
        if (retryAfter === undefined)
            nextAt = Math.max(nextAt, now + HOLD);
        // Those that were under way together were refused together: that is one refusal, not many.
        if (startedAt < refusedAt + WINDOW)
            return;
        refusal = {
            rate: rateAt(startedAt),
            period: Math.max(WINDOW, now - countedFrom, retryAfter ?? 0),
        };
        refusedAt = now;
    };
    const admit = (now) => {
        if (now - countedFrom > MEMORY) {
            accepted /= 2;
            countedFrom = (countedFrom + now) / 2;
        }
        nextAt = Math.max(nextAt, now) + 1 / rateAt(now);
        return { kind: 'go', leave: leaveFrom(now) };
    };
    const enter = async (abort) => {
        for (;;) {
            if (abort.aborted)
                return { kind: 'aborted' };
            const refused = refusedWait();
            if (refused !== undefined)
                return { kind: 'refused', wait: refused };
            const now = clock.now();
            if (now >= resumeAt)
                learnFromRefusal(now);
            const wait = Math.max(resumeAt, nextAt) - now;
            if (wait <= 0)
                return admit(now);
            await clock.sleep(wait, abort);
        }
    };
    return { enter, refusedWait };
}

;// CONCATENATED MODULE: ./build/src/removal/rules.js
/** The contract's table of statuses. What is not here and in no range below is final. */
const STATUS_RULES = new Map([
    [401, { stops: 'key-rejected' }],
    [402, { stops: 'key-rejected' }],
    [403, { stops: 'key-rejected' }],
    [404, { doubtful: true }],
    [408, { retried: true }],
    [409, { doubtful: true }],
    [422, { doubtful: true }],
    [429, { retried: true, throttled: true }],
    [500, { retried: true, lost: true, unwell: true }],
    [502, { retried: true, lost: true, unwell: true }],
    [503, { retried: true, lost: true, unwell: true }],
    [504, { retried: true, lost: true, unwell: true }],
]);
/** The contract's table of failures without an answer. Whether one is lost, it says itself. */
const FAILURE_RULES = {
    'connection-refused': { retried: true, unwell: true },
    'connection-reset': { retried: true, unwell: true },
    'timed-out': { retried: true, unwell: true },
    'body-broke-off': { retried: true, unwell: true },
    'no-final-answer': { unwell: true },
    'not-http': { unwell: true },
    'proxy-refused': { unwell: true },
    tls: { stops: 'tls' },
    'unknown-host': { stops: 'unknown-host' },
    cancelled: {},
};
const FINAL = {};
function ruleFor(answer) {
    switch (answer.kind) {
        case 'profile':
            return FINAL;
        case 'error':
            return STATUS_RULES.get(answer.status) ?? rangeRule(answer.status);
        case 'no answer': {
            const rule = FAILURE_RULES[answer.cause];
            return answer.mayHaveReached ? { ...rule, lost: true } : rule;
        }
    }
}
/** @returns ms that the API asks to wait before it is asked again, where that is worth doing */
function waitAskedBy(answer) {
    return answer.kind === 'error' && ruleFor(answer).retried ? answer.retryAfter : undefined;
}
function rangeRule(status) {
    if (status >= 300 && status < 400)
        return { stops: 'redirect' };
    return status >= 500 ? { unwell: true } : FINAL;
}

;// CONCATENATED MODULE: ./build/src/removal/backoff.js
/** ms: the longest that the first wait can be. */
const FIRST_WAIT = 1000;
/** ms: the longest that any wait can be. */
const LONGEST_WAIT = 20_000;
/**
 * Exponential backoff with full jitter: anything between nothing and a bound that doubles, so that
 * many clients that failed together do not come back together.
 *
 * @param attempt how many tries there were, from 1
 * @param random a number from 0 up to but not including 1
 * @returns ms
 */
function backoff(attempt, random) {
    return random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
}

;// CONCATENATED MODULE: ./build/src/removal/tries.js


/** Asks once, and says to the pace that the request has ended, whatever came of it. */
async function askWithin(leave, ask, userId) {
    try {
        const answer = await ask(userId);
        leave(ruleFor(answer).throttled === true, waitAskedBy(answer));
        return answer;
    }
    catch (error) {
        leave(false, undefined);
        throw error;
    }
}
/** Asks until the answer is final, the tries are used up, or the step is stopped. */
async function tryRepeatedly(userId, ask, policy) {
    const { pace, clock, random, retries, stopped, observer } = policy;
    const isStopped = () => stopped.aborted;
    let tries = { attempts: 0, last: undefined, lost: false, unanswered: false };
    for (;;) {
        const admission = await pace.enter(stopped);
        if (admission.kind === 'aborted')
            return tries;
        if (admission.kind === 'refused')
            return { ...tries, refusedWait: admission.wait };
        if (isStopped()) {
            // Stopped in the moment between the two: still nothing may be sent.
            admission.leave(false, undefined);
            return tries;
        }
        const sentAt = clock.now();
        const answer = await askWithin(admission.leave, ask, userId);
        const rule = ruleFor(answer);
        const attempts = tries.attempts + 1;
        observer.tried(userId, attempts, answer, clock.now() - sentAt);
        const lost = rule.lost === true;
        tries = {
            attempts,
            last: answer,
            lost: tries.lost || lost,
            unanswered: tries.unanswered || (lost && answer.kind === 'no answer'),
        };
        if (!rule.retried || attempts > retries || isStopped())
            return tries;
        const refusedWait = pace.refusedWait();
        if (refusedWait !== undefined)
            return { ...tries, refusedWait };
        const retryAfter = waitAskedBy(answer);
        const wait = retryAfter ?? backoff(attempts, random);
        observer.retrying(userId, attempts, answer, wait);
        // What the API asked for is waited out in the pace, by everyone.
        if (retryAfter === undefined)
            await clock.sleep(wait, stopped);
    }
}

;// CONCATENATED MODULE: ./build/src/removal/remove-username.js



/** Removes the username of one user, or finds out why that could not be done. */
async function removeUsername(userId, api, policy) {
    const tries = await tryRepeatedly(userId, api.removeUsername, policy);
    return { userId, attempts: tries.attempts, ...(await decide(tries, userId, api, policy)) };
}
function decide(tries, userId, api, policy) {
    const { last } = tries;
    if (last === undefined)
        return skipped(tries.refusedWait);
    if (last.kind === 'profile') {
        const { status, profile } = last;
        return { outcome: 'removed', status, profile, confirmedByRead: false };
    }
    const cutShort = last.kind === 'no answer' || ruleFor(last).retried === true;
    if (policy.cancelled.aborted && cutShort)
        return notDone('unconfirmed', last, tries);
    if (last.kind === 'error' && tries.lost && ruleFor(last).doubtful) {
        return settleByReading(last, userId, api, policy);
    }
    if (tries.unanswered)
        return notDone('unconfirmed', last, tries);
    return notDone(isNotFound(last) ? 'not-found' : 'failed', last, tries);
}
/**
 * A try was lost, and a later one met what a removal that has already happened looks like. DELETE
 * is idempotent in what it does, not in what it answers (RFC 9110 §9.2.2), so the user is asked.
 */
async function settleByReading(later, userId, api, { pace, clock, cancelled, observer }) {
    // Not held up by a stop: what is under way ends, and a reading changes nothing.
    const admission = await pace.enter(cancelled);
    if (admission.kind !== 'go')
        return notDone('unconfirmed', later);
    const sentAt = clock.now();
    const read = await askWithin(admission.leave, api.readUser, userId);
    observer.read(userId, read, clock.now() - sentAt);
    if (read.kind !== 'profile') {
        return notDone(isNotFound(read) ? 'not-found' : 'unconfirmed', read);
    }
    const { status, profile } = read;
    if (profile.hasUsername)
        return notDone('failed', later);
    return { outcome: 'removed', status, profile, confirmedByRead: true };
}
/** In place of a removal in a dry run: only reads the user. */
async function previewRemoval(userId, api, policy) {
    const tries = await tryRepeatedly(userId, api.readUser, policy);
    const { attempts, last } = tries;
    if (last === undefined)
        return { userId, ...skipped(tries.refusedWait) };
    if (last.kind === 'profile') {
        const { status, profile } = last;
        const outcome = profile.hasUsername ? 'would-remove' : 'no-username';
        return { userId, attempts, outcome, status, profile };
    }
    return { userId, attempts, ...notDone(isNotFound(last) ? 'not-found' : 'failed', last, tries) };
}
function isNotFound(answer) {
    return answer.kind === 'error' && answer.status === 404 && answer.whole;
}
function notDone(outcome, answer, tries) {
    return {
        outcome,
        status: answer.kind === 'error' ? answer.status : null,
        problem: answer.problem,
        rule: ruleFor(answer),
        ...(tries?.refusedWait !== undefined && { refusedWait: tries.refusedWait }),
    };
}

;// CONCATENATED MODULE: ./build/src/removal/stop.js
/** The one switch that ends a step's work early. The first reason stays. */
class Stop {
    #controller = new AbortController();
    #reason;
    /** Aborted as soon as no further request may be sent. */
    get signal() {
        return this.#controller.signal;
    }
    get reason() {
        return this.#reason;
    }
    /** Stops as soon as the signal is aborted, or now if it is already. */
    when(signal, reason) {
        if (signal.aborted)
            this.now(reason);
        else
            signal.addEventListener('abort', () => this.now(reason), { once: true });
    }
    now(reason) {
        this.#reason ??= reason;
        this.#controller.abort();
    }
}

;// CONCATENATED MODULE: ./build/src/removal/process-users.js




/**
 * Removes the usernames of all users, or in a dry run says what would happen.
 *
 * @returns why it stopped early, if it did; `ended` was called once for every user either way
 */
async function processUsers(settings, surroundings) {
    const { userIds, dryRun, concurrency, retries } = settings;
    const { api, clock, random, cancelled, observer, ended } = surroundings;
    const stop = new Stop();
    stop.when(cancelled, 'cancelled');
    const pace = createPace({ ...settings, clock });
    const policy = { retries, pace, clock, random, stopped: stop.signal, cancelled, observer };
    const processUser = dryRun ? previewRemoval : removeUsername;
    await runBatch({
        userIds,
        concurrency,
        stop,
        process: (userId) => processUser(userId, api, policy),
        ended: (result, index) => {
            try {
                ended(result, index);
            }
            catch {
                stop.now('report-lost');
            }
        },
    });
    return stop.reason;
}

;// CONCATENATED MODULE: ./build/src/report/hints.js
/** What to check for the statuses that users can do something about. */
const HINTS = new Map([
    [
        401,
        'Check the secret that holds the API key: it may be missing in this workflow context (secrets ' +
            'are not passed to workflows from forks), revoked, or of another tenant.',
    ],
    [402, 'Check the plan of the tenant: it may not include the Management API, or a bill is due.'],
    [403, 'Check the permissions of the API key: it must be allowed to change users.'],
    [
        404,
        'Check the user id and that the user belongs to this tenant. If the user may be gone already, ' +
            'set `on-not-found: ignore`.',
    ],
]);
const UNCONFIRMED = 'Whether the username was removed is not known: run the step again, or look the user up.';
/** @returns a sentence on what to do, or undefined where there is nothing better than the problem */
function hintFor({ outcome, status }) {
    if (outcome === 'unconfirmed')
        return UNCONFIRMED;
    return status === null ? undefined : HINTS.get(status);
}
const STOPPED = {
    'key-rejected': 'the API does not accept the key for this',
    redirect: 'the server points elsewhere, and the key is not taken there',
    tls: 'there is no secure connection to the domain',
    'unknown-host': 'the domain is not known',
    unwell: '10 users in a row got no answer, or a 5xx',
    'wait-refused': 'the API asks to wait longer than `max-retry-wait` allows',
    cancelled: 'the step was cancelled',
    'report-lost': 'the report or the profiles could not be written (check the space on the disk)',
    bug: 'the action met an error of its own making, which is worth an issue',
};
/** Completes "Stopped: …". */
function stopInWords(reason) {
    return STOPPED[reason];
}
/** Whether it is one user's answer that stopped the batch, rather than something about the step. */
function isToldByUser(reason) {
    return !['cancelled', 'report-lost', 'bug'].includes(reason);
}

;// CONCATENATED MODULE: ./build/src/report/sentences.js


/** `1 user`, `2 users`. */
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
/** ms in words: `40 ms`, `1.4 s`, `12 s`, `5 min`. */
function duration(ms) {
    const seconds = ms / 1000;
    if (seconds < 1)
        return `${Math.round(ms)} ms`;
    if (seconds < 10)
        return `${Math.round(seconds * 10) / 10} s`;
    if (seconds < 120)
        return `${Math.round(seconds)} s`;
    return `${Math.round(seconds / 60)} min`;
}
/** `404 Not Found`. */
function statusInWords(status) {
    return `${status} ${external_node_http_namespaceObject.STATUS_CODES[status] ?? ''}`.trim();
}
/** What came back for one try, in a few words. */
function answerInWords(answer) {
    return answer.kind === 'no answer' ? answer.problem.title : statusInWords(answer.status);
}
/** What the step came to, in one line without a full stop. */
function headline(tally, dryRun) {
    const users = count(tally.users, 'user');
    if (!dryRun)
        return `Username removed from ${tally.count('removed')} of ${users}`;
    return `Dry run: ${tally.count('would-remove')} of ${users} would lose the username`;
}
/** The title, where it says more than the status does, the detail and each validation error. */
function problemInWords({ status, title, detail, errors }) {
    const isReason = status !== undefined && title === external_node_http_namespaceObject.STATUS_CODES[status];
    return [isReason ? undefined : title, detail, ...errors]
        .map((text) => sentence(text))
        .filter((text) => text !== '')
        .join(' ');
}
/** Why one user is not done, and what to do about it. */
function notDoneInWords(result, maxRetryWait) {
    const { userId, status, attempts, problem, refusedWait } = result;
    return [
        `User ${userId}:`,
        status === null ? '' : sentence(`MonoCloud answered ${statusInWords(status)}`),
        problemInWords(problem),
        refusedWait === undefined
            ? ''
            : `The API asked to wait ${Math.ceil(refusedWait / 1000)} s, and \`max-retry-wait\` allows ` +
                `${maxRetryWait / 1000} s, so it was not asked again.`,
        attempts > 1 ? `There were ${attempts} tries.` : '',
        hintFor(result) ?? '',
    ]
        .filter((part) => part !== '')
        .join(' ');
}
function sentence(text) {
    const trimmed = text?.trim() ?? '';
    return trimmed === '' || /[.!?]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

;// CONCATENATED MODULE: ./build/src/report/announcements.js


/** So many failures are named one by one; the runner shows 10 annotations of a kind. */
const NAMED_FAILURES = 8;
/** So many retries of a step are told one by one: a bad day must not fill the log. */
const TOLD_RETRIES = 50;
/** One line of what is about to happen. */
function announceStart({ userIds, domain, dryRun }, log) {
    const users = count(userIds.length, 'user');
    log.info(dryRun
        ? `Dry run: reading ${users} at ${domain.shown}. Nothing is removed.`
        : `Removing the username of ${users} at ${domain.shown}.`);
}
/**
 * Tells of the tries of all users.
 *
 * @param retries further tries that each user gets
 */
function tryAnnouncer(retries, log) {
    let told = 0;
    return {
        tried: (userId, attempt, answer, took) => log.debug(() => `User ${userId}, try ${attempt}: ${answerInWords(answer)}, ${inMs(took)}`),
        read: (userId, answer, took) => log.debug(() => `User ${userId}, reading: ${answerInWords(answer)}, ${inMs(took)}`),
        retrying: (userId, attempt, answer, wait) => {
            told += 1;
            if (told > TOLD_RETRIES)
                return;
            log.info(`User ${userId}: ${answerInWords(answer)}. Trying again in ${duration(wait)} ` +
                `(try ${attempt + 1} of ${retries + 1}).`);
            if (told === TOLD_RETRIES)
                log.info('Further retries are not listed.');
        },
    };
}
function inMs(took) {
    return `${Math.round(took)} ms`;
}
/** What one user came to. Of many, only what is odd is told. */
function announceUser(result, settings, log) {
    if ('profile' in result)
        warnOfProfile(result.userId, result.outcome, result.profile, log);
    else if (settings.ignoreNotFound)
        warnOfBareNotFound(result, log);
    if (settings.userIds.length > 1)
        return;
    switch (result.outcome) {
        case 'removed': {
            const how = result.confirmedByRead ? ', confirmed by reading the user' : '';
            log.info(`User ${result.userId}: the username is removed${how}.`);
            break;
        }
        case 'would-remove':
            log.info(`User ${result.userId}: has a username, which would be removed.`);
            break;
        case 'no-username':
            log.info(`User ${result.userId}: has no username.`);
            break;
        case 'not-found':
            if (settings.ignoreNotFound) {
                log.info(`User ${result.userId}: does not exist, which \`on-not-found: ignore\` accepts.`);
            }
            break;
        case 'failed':
        case 'unconfirmed':
        case 'skipped':
            break;
    }
}
/** What nothing else may have: the outputs hold only so many users. Of one never sent, no word. */
function announceLostLine({ userId, outcome }, { input }, log) {
    if (outcome === 'skipped')
        return;
    log.info(`User ${userId}: ${outcome}, but the line could not be written to \`${input}\`.`);
}
function warnOfProfile(userId, outcome, profile, log) {
    if (outcome === 'removed' && profile.hasUsername) {
        log.annotate('warning', 'Profile still shows a username', `User ${userId}: the API said that the username is removed, but the profile it sent still ` +
            'shows one. Look the user up if in doubt.');
    }
    if (profile.userId !== undefined && profile.userId !== userId) {
        log.annotate('warning', 'Profile names another user', `User ${userId}: the profile that came back names another user id (${profile.userId}).`);
    }
}
/** Any web server answers 404: without problem details it may be that of a wrong domain. */
function warnOfBareNotFound({ userId, outcome, problem }, log) {
    if (outcome !== 'not-found' || problem.sent !== undefined)
        return;
    log.annotate('warning', 'Not found, without problem details', `User ${userId}: the 404 came without MonoCloud’s problem details. It is ignored as asked; ` +
        'check that the domain is the one of your tenant.');
}
/** The first failures by name, how many more there are, and the result. */
function announceResult(result, log) {
    const { tally, settings, stopReason, reportFile } = result;
    const title = settings.dryRun ? 'User not read' : 'Username not removed';
    const named = tally.failures
        .filter(({ outcome }) => outcome !== 'skipped')
        .slice(0, NAMED_FAILURES);
    for (const failure of named) {
        log.annotate('error', title, notDoneInWords(failure, settings.maxRetryWait));
    }
    const skipped = tally.count('skipped');
    const more = tally.failed - skipped - named.length;
    if (more > 0) {
        log.annotate('error', title, `${count(more, 'more user')} like these: see the report.`);
    }
    // Where a stop left nobody out, the user that caused it has said why already.
    if (stopReason !== undefined && (skipped > 0 || !isToldByUser(stopReason))) {
        const rest = skipped === 0 ? '' : ` ${count(skipped, 'user')} skipped.`;
        log.annotate('error', 'Stopped early', `Stopped: ${stopInWords(stopReason)}.${rest}`);
    }
    log.info(`${resultInWords(result)}Report: ${reportFile}`);
}
/** What many users came to; of one, all has been told. */
function resultInWords({ tally, settings, elapsed }) {
    if (tally.users === 1)
        return '';
    const withoutUsername = tally.count('no-username');
    const missing = tally.count('not-found');
    const accepted = settings.ignoreNotFound ? ', which is accepted' : '';
    return [
        `${headline(tally, settings.dryRun)} in ${duration(elapsed)}.`,
        withoutUsername > 0 ? `${count(withoutUsername, 'user')} had no username.` : '',
        missing > 0 ? `${count(missing, 'user')} did not exist${accepted}.` : '',
        tally.failed > 0 ? `${count(tally.failed, 'user')} not done.` : '',
    ]
        .filter((part) => part !== '')
        .map((part) => `${part} `)
        .join('');
}

;// CONCATENATED MODULE: ./build/src/report/redactor.js
const STRUCK_OUT = '***';
/** Shorter pieces of base64 are found by chance. */
const SHORTEST_BASE64 = 8;
/** The names that HTML has for what a key may hold, but for numbers. */
const ENTITY_NAMES = {
    '&': 'amp',
    '<': 'lt',
    '>': 'gt',
    '"': 'quot',
    "'": 'apos',
};
const NAMED_CHARACTERS = new Map(Object.entries(ENTITY_NAMES).map(([character, name]) => [name, character]));
/** A character of the key that starts like an escape: what is made of such a text has several readings. */
const AMBIGUOUS = /[\\%&]/u;
/** An escape that begins in what stands before the key can take in this many characters of it. */
const TAKEN_IN = 2;
/**
 * Strikes a key out of a text, in every form in which an API could echo it: as it is, escaped in
 * JSON, in a URL or in HTML, and inside base64, standard or URL-safe, wherever in the encoded text it
 * stands. JSON stays JSON.
 */
function createRedactor(apiKey) {
    const key = apiKey.reveal();
    const forms = [key, ...base64Forms(key)];
    const hasReadings = AMBIGUOUS.test(key) || key.length <= 2 * TAKEN_IN;
    const mayBeEscapedIn = (text) => {
        const unescaped = redactor_unescape(text);
        if (unescaped === text)
            return false;
        return hasReadings || forms.some((form) => unescaped.includes(form.slice(TAKEN_IN)));
    };
    // It takes longer to compile than a whole removal, and hardly any text needs it.
    let pattern;
    return (text) => {
        if (!mayBeEscapedIn(text)) {
            return forms.reduce((rest, form) => rest.replaceAll(form, STRUCK_OUT), text);
        }
        pattern ??= new RegExp(forms.map((form) => anySpelling(form)).join('|'), 'gu');
        return text.replaceAll(pattern, STRUCK_OUT);
    };
}
/**
 * Undoes what `anySpelling` matches: a text that holds the key in any spelling then holds it plain.
 * Of a run of backslashes only the start is tried, as anything else is quadratic in its length.
 */
function redactor_unescape(text) {
    return text
        .replaceAll(/(?<!\\)\\+u00(?<hex>[\da-f]{2})/giu, (_, hex) => ofCode(hex, 16))
        .replaceAll(/%(?<hex>[\da-f]{2})/giu, (_, hex) => ofCode(hex, 16))
        .replaceAll(/&(?:amp;)*#0*(?<code>\d{1,3});/gu, (_, code) => ofCode(code, 10))
        .replaceAll(/&(?:amp;)*#x0*(?<hex>[\da-f]{1,2});/giu, (_, hex) => ofCode(hex, 16))
        .replaceAll(/&(?:amp;)*(?<name>[a-z]{2,4});/gu, (entity, name) => NAMED_CHARACTERS.get(name) ?? entity)
        .replaceAll(/(?<!\\)\\+(?<plain>["\\/])/gu, '$1');
}
function ofCode(code, radix) {
    return String.fromCodePoint(Number.parseInt(code, radix));
}
/**
 * Matches each character as it is, as `\uXXXX` in JSON, as `%XX` in a URL, as `&#NN;` in HTML (also in
 * JSON, which may escape the ampersand), or behind a backslash. Of a run of backslashes (JSON in
 * JSON) all go, so that what is left is still JSON.
 */
function anySpelling(text) {
    return Array.from(text, (character, index) => {
        // The first one only from the start of a run: anything else is quadratic in its length.
        const backslashes = index === 0 ? String.raw `(?<!\\)\\+` : String.raw `\\+`;
        const plain = RegExp.escape(character);
        const code = character.codePointAt(0) ?? 0;
        const hex = anyCase(code.toString(16));
        const entities = [`#0*${code}`, `#[xX]0*${hex}`, ENTITY_NAMES[character] ?? []].flat();
        const ampersand = `(?:&|${backslashes}u0026)(?:amp;)*`;
        const escapes = [
            `${backslashes}u00${hex}`,
            `%${hex}`,
            `${ampersand}(?:${entities.join('|')});`,
        ];
        if ('"\\/'.includes(character))
            escapes.push(`${backslashes}${plain}`);
        return `(?:${[...escapes, plain].join('|')})`;
    }).join('');
}
/** The key in base64: at each of the places that it can have in a group of three bytes. */
function base64Forms(key) {
    return [0, 1, 2].flatMap((offset) => {
        const form = base64At(offset, key);
        return form.length < SHORTEST_BASE64 ? [] : [form, toUrlSafe(form)];
    });
}
/** Those characters of a base64 text that depend on the key alone, `offset` bytes into a group. */
function base64At(offset, key) {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(key)]);
    const firstWhole = Math.ceil((offset * 8) / 6);
    const lastWhole = Math.floor((bytes.length * 8) / 6);
    return bytes.toString('base64').slice(firstWhole, lastWhole);
}
function toUrlSafe(base64) {
    return base64.replaceAll('+', '-').replaceAll('/', '_');
}
function anyCase(hex) {
    return Array.from(hex, (digit) => /[a-f]/u.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit).join('');
}

;// CONCATENATED MODULE: ./build/src/report/cleaner.js

/** All white space but spaces (and the BOM, which JavaScript counts among it). */
const LINE_BREAKS = /(?:[^\S\p{Zs}\uFEFF]|\u0085)+/gu;
/**
 * Characters that are not seen, or that turn the direction of text around. The runner compares text
 * as people read it, so one of them inside `##[` might not keep it from being obeyed.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const ENTITIES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};
/** @param apiKey undefined as long as no key is known: then there is none to strike out */
function createCleaner(apiKey) {
    const redact = apiKey === undefined ? (text) => text : createRedactor(apiKey);
    const clean = (text, longest = Infinity) => {
        // The key last but one: taking characters out could have put it together.
        const plain = text.toWellFormed().replaceAll(LINE_BREAKS, ' ').replaceAll(UNSEEN, '');
        return cut(disarm(redact(plain)).trim(), longest);
    };
    const toHtml = (text, longest) => clean(text, longest).replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');
    return { redact, clean, toHtml };
}
function cut(text, longest) {
    return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}
/**
 * The runner obeys `::` at the start of a line and `##[` anywhere in one (the runner's
 * ActionCommand.cs): neither is left standing anywhere.
 */
function disarm(text) {
    return text.replaceAll(/:(?=:)/gu, ': ').replaceAll('##[', '## [');
}

;// CONCATENATED MODULE: ./build/src/report/masking.js



/**
 * Has the runner mask the key, before anything that could show it is printed.
 *
 * @param raw the input as it came: also a key that turns out to be unusable is a secret
 * @returns what keeps the key out of everything that the runner does not mask
 */
function maskApiKey(raw) {
    for (const line of raw.split(/[\r\n]+/u))
        if (line.trim() !== '')
            setSecret(line.trim());
    const apiKey = ApiKey.check(raw);
    return createCleaner('value' in apiKey ? apiKey.value : undefined);
}

;// CONCATENATED MODULE: ./build/src/report/problem-json.js
/** bytes: a next step cannot take much more than this through its environment (100 KiB). */
const LARGEST_OUTPUT = 102_400;
/** UTF-16 units of a title or detail that stands in for a problem too large for an output. */
const LONGEST_TEXT = 1000;
/**
 * Problem details as JSON without the key: what the API sent, or, where it sent none or that is too
 * large for an output, an object of what is known (`title`, `detail`, `status`).
 */
function problemJson(problem, { redact, clean }) {
    const { sent, title, detail, status } = problem;
    const asSent = sent === undefined ? undefined : redact(sent);
    if (asSent !== undefined && Buffer.byteLength(asSent) <= LARGEST_OUTPUT)
        return asSent;
    return JSON.stringify({
        title: clean(title, LONGEST_TEXT),
        detail: detail === undefined ? undefined : clean(detail, LONGEST_TEXT),
        status,
    });
}

;// CONCATENATED MODULE: ./build/src/report/outputs.js


/** The outputs of a step that got as far as its users. */
function outputsOf(ending, cleaner, log) {
    const { userIds, tally, profile, reportFile } = ending;
    const [failure] = tally.failures;
    const status = tally.users === 1 ? tally.entries[0]?.status : (failure?.status ?? null);
    const allDone = tally.users > 1 && failure === undefined;
    return {
        profile: fittingProfile(cleaner.redact(profile ?? ''), log),
        status: allDone ? '200' : String(status ?? ''),
        problem: failure === undefined ? '' : problemJson(failure.problem, cleaner),
        results: fittingResults(userIds.map((userId) => cleaner.redact(userId)), tally, log),
        'removed-count': String(tally.count('removed')),
        'failed-count': String(tally.failed),
        'report-file': reportFile,
    };
}
/** The outputs of a step that ended before any user was sent. */
function outputsWithoutUsers(problem) {
    return {
        profile: '',
        status: '',
        problem,
        results: '[]',
        'removed-count': '0',
        'failed-count': '0',
        'report-file': '',
    };
}
/** @returns whether the runner's file took them all */
function setOutputs(outputs) {
    // Without its file, `core.setOutput` would print them to the log, the profile among them.
    if ((process.env['GITHUB_OUTPUT'] ?? '') === '')
        return false;
    try {
        for (const [name, value] of Object.entries(outputs))
            setOutput(name, value);
        return true;
    }
    catch {
        return false;
    }
}
function fittingProfile(profile, log) {
    if (Buffer.byteLength(profile) <= LARGEST_OUTPUT)
        return profile;
    log.annotate('warning', 'Profile too large for an output', 'The profile is over 100 KiB, which a next step could not take, so the output `profile` is ' +
        'empty. The input `profiles-file` has it written to a file.');
    return '';
}
function fittingResults(userIds, tally, log) {
    const parts = [];
    let bytes = '[]'.length - ','.length;
    for (const [index, userId] of userIds.entries()) {
        const part = JSON.stringify({ user_id: userId, ...tally.entries[index] });
        bytes += Buffer.byteLength(part) + ','.length;
        if (bytes > LARGEST_OUTPUT) {
            log.annotate('notice', 'Results too large for an output', 'The results are over 100 KiB, so the output `results` is empty. See the report.');
            return '';
        }
        parts.push(part);
    }
    return `[${parts.join(',')}]`;
}

;// CONCATENATED MODULE: ./build/src/report/refusal.js




/** Tells of an error that ended the step before, or outside of, its users: one annotation. */
function publishRefusal(error, { cleaner, log }) {
    const { title, message } = error instanceof UserError ? error : unexpected(error);
    log.annotate('error', title, message);
    log.flush();
    setOutputs(outputsWithoutUsers(problemJson(makeProblem(title, message), cleaner)));
}
/** A bug. Its name and code only: a message may quote what the error came from. */
function unexpected(error) {
    const name = error instanceof Error ? error.name : typeof error;
    const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : '';
    return new UserError('Internal error', `The action met an error of its own making (${name}${code}). What was done until then is in ` +
        'the report. This is worth an issue in the repository of the action.');
}

;// CONCATENATED MODULE: ./build/src/report/step-log.js

/** The runner keeps this many annotations of a kind and step, and drops the rest without a word. */
const MOST_ANNOTATIONS = 10;
/** UTF-16 units; the runner's limit is 4,096. */
const LONGEST_MESSAGE = 4000;
const ANNOTATE = { error: core_error, warning: warning, notice: notice };
function createStepLog({ clean }) {
    const counts = { error: 0, warning: 0, notice: 0 };
    /** The tenth of each kind: whether there is room for it is known only at the end. */
    const held = new Map();
    return {
        info: (text) => info(clean(text)),
        debug: (text) => {
            // `core.debug` would print it all the same, for the runner to drop.
            if (isDebug())
                debug(clean(text()));
        },
        annotate: (kind, title, message) => {
            counts[kind] += 1;
            const show = () => ANNOTATE[kind](clean(message, LONGEST_MESSAGE), { title });
            if (counts[kind] < MOST_ANNOTATIONS)
                show();
            else if (counts[kind] === MOST_ANNOTATIONS)
                held.set(kind, show);
        },
        flush: () => {
            for (const kind of ['error', 'warning', 'notice']) {
                const more = counts[kind] - MOST_ANNOTATIONS + 1;
                if (more > 1) {
                    const message = `${more} more like these: the runner shows 10 of a kind. See the report.`;
                    ANNOTATE[kind](message, { title: 'More of the same' });
                }
                else {
                    held.get(kind)?.();
                }
                held.delete(kind);
            }
        },
    };
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: ./build/src/report/line-file.js



/**
 * Opens the file empty, before anything is sent, readable by its owner only.
 *
 * @param input the input that names it
 * @param path absolute; missing folders are made
 * @throws UserError where it cannot be written
 */
function openLineFile(input, path) {
    const descriptor = openForOwner(input, path);
    return {
        input,
        path,
        append: (line) => {
            const bytes = Buffer.from(`${line}\n`);
            // A disk that is nearly full takes a part of it, and fails at the next.
            for (let written = 0; written < bytes.length;) {
                written += (0,external_node_fs_namespaceObject.writeSync)(descriptor, bytes, written);
            }
        },
        close: () => (0,external_node_fs_namespaceObject.closeSync)(descriptor),
    };
}
/** JSON on one line: a line break in JSON can only stand between tokens, never in a string. */
function onOneLine(json) {
    return json.replaceAll(/[\r\n]+/gu, ' ');
}
function openForOwner(input, path) {
    try {
        (0,external_node_fs_namespaceObject.mkdirSync)((0,external_node_path_namespaceObject.dirname)(path), { recursive: true });
        const descriptor = (0,external_node_fs_namespaceObject.openSync)(path, 'w', 0o600);
        // A file that was there already keeps its mode. What is no file, as a pipe, is not ours to change.
        if ((0,external_node_fs_namespaceObject.fstatSync)(descriptor).isFile())
            (0,external_node_fs_namespaceObject.fchmodSync)(descriptor, 0o600);
        return descriptor;
    }
    catch (error) {
        throw inputError(input, `names a file that cannot be written (${codeOf(error)}): ${quoted(path)}`, 'Check the path, which is relative to the workspace.');
    }
}

;// CONCATENATED MODULE: ./build/src/report/progress.js

/** ms: the shortest and longest time between two lines. */
const MOST_OFTEN = 5000;
const LEAST_OFTEN = 120_000;
/** In between, a line each time the work has gone on by this part of its age. */
const PART_OF_AGE = 1 / 20;
/** One line on how far the work is. @param elapsed ms since it began */
function progressLine(tally, elapsed) {
    const { ended, users, failed } = tally;
    const perSecond = elapsed > 0 ? ended / (elapsed / 1000) : 0;
    const left = perSecond > 0 ? `, about ${duration((1000 * (users - ended)) / perSecond)} left` : '';
    return (`${ended} of ${users} users, ${failed} not done, ` +
        `${Math.round(perSecond * 10) / 10} a second${left}.`);
}
/**
 * Calls back now and then: often at first, more seldom the longer it takes, so that hours of work
 * do not fill the log. Does not keep the process alive.
 *
 * @param tick gets the ms since the start
 * @returns a function that ends it
 */
function startTicker(now, tick) {
    const startedAt = now();
    let timer;
    const next = () => {
        const wait = (now() - startedAt) * PART_OF_AGE;
        timer = setTimeout(() => {
            tick(now() - startedAt);
            next();
        }, Math.min(LEAST_OFTEN, Math.max(MOST_OFTEN, wait))).unref();
    };
    next();
    return () => clearTimeout(timer);
}

;// CONCATENATED MODULE: ./build/src/report/report-line.js



/**
 * One user's line of the report (JSON Lines): made to be kept as evidence, so no profile is in it.
 *
 * @param time ms since the epoch
 */
function reportLine(result, time, cleaner) {
    const { userId, outcome, status, attempts } = result;
    const line = JSON.stringify({
        user_id: cleaner.redact(userId),
        outcome,
        status,
        attempts,
        time: new Date(time).toISOString(),
        ...(outcome === 'removed' && result.confirmedByRead && { confirmed_by_read: true }),
    });
    if (!isNotDone(result))
        return line;
    // Put in as text: what the API sent stays as it was sent, big integers too.
    return `${line.slice(0, -1)},"problem":${onOneLine(problemJson(result.problem, cleaner))}}`;
}

;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./build/src/report/summary.js



/** UTF-16 units of one text from outside; 50 rows of it stay far below the runner's 1 MiB. */
const LONGEST_CELL = 600;
const OUTCOMES = [
    ['removed', 'Removed'],
    ['would-remove', 'Would be removed'],
    ['no-username', 'Has no username'],
    ['not-found', 'Not found'],
    ['failed', 'Failed'],
    ['unconfirmed', 'Unconfirmed'],
    ['skipped', 'Skipped'],
];
/**
 * The job summary as HTML, which GitHub's Markdown leaves alone as long as no line is blank. Only
 * ids, outcomes, statuses and titles: a `detail` may hold personal data.
 */
function summaryHtml(content, { toHtml }) {
    const { tally, dryRun, domain, stopReason } = content;
    const code = (text) => `<code>${toHtml(text, LONGEST_CELL)}</code>`;
    const counts = OUTCOMES.filter(([outcome]) => tally.count(outcome) > 0).map(([outcome, label]) => [label, String(tally.count(outcome))]);
    const failures = tally.failures.map(({ userId, outcome, status, problem }) => [
        code(userId),
        outcome,
        status === null ? 'no answer' : statusInWords(status),
        code(problem.title),
    ]);
    const more = tally.failed - failures.length;
    return [
        `<h2>${headline(tally, dryRun)}</h2>`,
        `<p>Tenant ${code(domain)}</p>`,
        ...(stopReason === undefined ? [] : [`<p>Stopped early: ${stopInWords(stopReason)}.</p>`]),
        table(['Outcome', 'Users'], counts),
        ...(failures.length === 0
            ? []
            : ['<h3>Not done</h3>', table(['User', 'Outcome', 'Status', 'Problem'], failures)]),
        ...(more > 0 ? [`<p>… and ${count(more, 'more user')}: see the report.</p>`] : []),
    ].join('\n');
}
/** The summary is for reading only: where it has no place, the step goes on. */
async function writeSummary(html, log) {
    try {
        await summary.addRaw(html, true).write();
    }
    catch {
        log.annotate('warning', 'No job summary', 'The job summary could not be written to the file that the runner gives in ' +
            'GITHUB_STEP_SUMMARY. Nothing else is missing.');
    }
}
function table(header, rows) {
    return `<table>${row('th', header)}${rows.map((cells) => row('td', cells)).join('')}</table>`;
}
function row(tag, cells) {
    return `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
}

;// CONCATENATED MODULE: ./build/src/report/tally.js

/** At most this many of those that are not done are kept with their problem. */
const KEPT_FAILURES = 50;
/** What a step has come to so far. It grows by a few numbers for each user, and no more. */
class Tally {
    #entries;
    #ignoreNotFound;
    /** Most users come to the same: what is equal is kept once. */
    #distinct = new Map();
    #counts = new Map();
    #failures = [];
    #failed = 0;
    constructor(users, ignoreNotFound) {
        this.#entries = Array.from({ length: users });
        this.#ignoreNotFound = ignoreNotFound;
    }
    /** @param index the user's place in the order given */
    add(result, index) {
        const { outcome, status, attempts } = result;
        const name = `${outcome} ${status} ${attempts}`;
        const entry = this.#distinct.get(name) ?? { outcome, status, attempts };
        this.#distinct.set(name, entry);
        this.#entries[index] = entry;
        this.#counts.set(outcome, this.count(outcome) + 1);
        if (!this.isFailure(result))
            return;
        this.#failed += 1;
        this.#failures = [...this.#failures, { ...result, index }]
            .toSorted((one, other) => one.index - other.index)
            .slice(0, KEPT_FAILURES);
    }
    /** Whether the user counts as not done: a missing one may be asked to be ignored. */
    isFailure(result) {
        return isNotDone(result) && !(this.#ignoreNotFound && result.outcome === 'not-found');
    }
    /** In the order given; undefined for a user that has not ended. */
    get entries() {
        return this.#entries;
    }
    get users() {
        return this.#entries.length;
    }
    get ended() {
        return this.#counts.values().reduce((sum, number) => sum + number, 0);
    }
    /** How many are not done. */
    get failed() {
        return this.#failed;
    }
    /** The first of those that are not done, in the order given: 50 at most. */
    get failures() {
        return this.#failures;
    }
    count(outcome) {
        return this.#counts.get(outcome) ?? 0;
    }
}

;// CONCATENATED MODULE: ./build/src/report/step-report.js









/** @throws UserError where one of the files cannot be written */
function openStepReport(settings, tools) {
    const { userIds, dryRun, ignoreNotFound, domain } = settings;
    const { cleaner, log, now, temp } = tools;
    const ownPlace = (0,external_node_path_namespaceObject.join)(temp, `monocloud-remove-username-${(0,external_node_crypto_namespaceObject.randomUUID)()}.jsonl`);
    const reportFile = openLineFile('report-file', settings.reportFile ?? ownPlace);
    const profilesFile = settings.profilesFile === undefined
        ? undefined
        : openLineFile('profiles-file', settings.profilesFile);
    const tally = new Tally(userIds.length, ignoreNotFound);
    const startedAt = now();
    let onlyProfile;
    announceStart(settings, log);
    const stopTicker = startTicker(now, (elapsed) => log.info(progressLine(tally, elapsed)));
    const ended = (result, index) => {
        const write = (file, line) => {
            try {
                file.append(line);
            }
            catch (error) {
                announceLostLine(result, file, log);
                throw error;
            }
        };
        tally.add(result, index);
        write(reportFile, reportLine(result, now(), cleaner));
        if ('profile' in result) {
            const { text } = result.profile;
            if (userIds.length === 1)
                onlyProfile = text;
            if (profilesFile !== undefined)
                write(profilesFile, onOneLine(cleaner.redact(text)));
        }
        announceUser(result, settings, log);
    };
    const publish = async (stopReason) => {
        stopTicker();
        reportFile.close();
        profilesFile?.close();
        const elapsed = now() - startedAt;
        announceResult({ tally, settings, stopReason, elapsed, reportFile: reportFile.path }, log);
        const ending = { userIds, tally, profile: onlyProfile, reportFile: reportFile.path };
        const passedOn = setOutputs(outputsOf(ending, cleaner, log));
        if (!passedOn) {
            log.annotate('error', 'Outputs not written', 'The outputs could not be written to the file that the runner gave in GITHUB_OUTPUT. Check ' +
                'the space on its disk. What was done is in the log and in the report.');
        }
        const summary = { tally, dryRun, domain: domain.shown, stopReason };
        await writeSummary(summaryHtml(summary, cleaner), log);
        log.flush();
        const allDone = tally.failed === 0 && tally.ended === tally.users;
        return allDone && passedOn && stopReason === undefined;
    };
    return { ended, publish };
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = require("node:os");
;// CONCATENATED MODULE: ./build/src/safe-runner.js



/** @throws UserError where the key would not be safe, or nobody would hear of the outcome */
function requireSafeRunner(env) {
    // Node obeys it without a word, and the key would go to whoever answers.
    if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
        throw new UserError('Certificates are not checked', 'NODE_TLS_REJECT_UNAUTHORIZED is 0, so anybody could take the place of the API and get the ' +
            'key. Remove it from the environment; for a private CA use NODE_EXTRA_CA_CERTS. Nothing ' +
            'was sent.');
    }
    const problem = problemOfOutputFile(env['GITHUB_OUTPUT'] ?? '');
    if (problem !== undefined) {
        throw new UserError('No place for outputs', `GITHUB_OUTPUT ${problem}, so the outcome could not be passed on. Run the action as a step ` +
            'of a workflow. Nothing was sent.');
    }
}
function problemOfOutputFile(file) {
    if (file === '')
        return 'is not set';
    try {
        (0,external_node_fs_namespaceObject.accessSync)(file, external_node_fs_namespaceObject.constants.W_OK);
        return undefined;
    }
    catch (error) {
        return `names a file that cannot be written (${codeOf(error)})`;
    }
}
/** The folder that the runner empties after the job. */
function tempFolder(env) {
    const temp = env['RUNNER_TEMP'] ?? '';
    return temp === '' ? (0,external_node_os_namespaceObject.tmpdir)() : temp;
}

;// CONCATENATED MODULE: ./build/src/main.js










/**
 * The step: inputs → removals → what the workflow gets. Everything that can go wrong is told before
 * it returns.
 *
 * @param cancelled aborted when the runner cancels the step
 * @returns whether every user is done, and the workflow was told so
 */
async function main(env, cancelled) {
    const cleaner = maskApiKey(rawApiKey(env));
    const log = createStepLog(cleaner);
    const tools = { cleaner, log, now: systemClock.now, temp: tempFolder(env) };
    try {
        requireSafeRunner(env);
        return await removeUsernames(readSettings(env), cancelled, tools);
    }
    catch (error) {
        publishRefusal(error, tools);
        return false;
    }
}
async function removeUsernames(settings, cancelled, tools) {
    const api = connectUsersApi({ ...settings, cancelled, now: systemClock.now });
    const report = openStepReport(settings, tools);
    const stopReason = await processUsers(settings, {
        api,
        clock: systemClock,
        random: Math.random,
        cancelled,
        observer: tryAnnouncer(settings.retries, tools.log),
        ended: report.ended,
    });
    return report.publish(stopReason);
}

;// CONCATENATED MODULE: ./build/src/index.js



// Success is earned: whatever ends the process early leaves a failed step.
process.exitCode = 1;
// Warnings for the developers of libraries are nothing that a user of the action could act on.
process.noDeprecation = true;
/** ms that what is left of connections may take to end by itself. */
const LONGEST_ENDING = 1000;
const cancelled = new AbortController();
const step = { ended: false, broken: false };
for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => cancelled.abort());
}
// Where nobody reads the log any more, the runner is gone: nothing more is removed unseen. As an
// uncaught error it would be told in the log, and so come again, for ever.
process.stdout.on('error', () => {
    step.broken = true;
    cancelled.abort();
});
process.on('uncaughtException', (error) => {
    step.broken = true;
    const { title, message } = unexpected(error);
    core_error(message, { title });
});
process.on('exit', () => {
    if (step.ended)
        return;
    process.exitCode = 1;
    core_error('The step ended before it knew what became of its users. The report has those it did.', {
        title: 'Ended early',
    });
});
void run();
// No `await` at the top level: the bundle is one CommonJS file, which starts 12 ms sooner.
async function run() {
    const done = await main(process.env, cancelled.signal);
    step.ended = true;
    if (done && !step.broken)
        process.exitCode = 0;
    // Nothing may hold up a step that is over: the look-up of a name, for one, cannot be ended. But
    // `process.exit` would cut off what is still on its way into a full pipe.
    setTimeout(() => process.stdout.write('', () => process.exit()), LONGEST_ENDING).unref();
}

})();

module.exports = __webpack_exports__;
/******/ })()
;
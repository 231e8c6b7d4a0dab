/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	// The require scope
/******/ 	var __nccwpck_require__ = {};
/******/ 	
/************************************************************************/
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

// NAMESPACE OBJECT: ./build/node_modules/@actions/core/lib/core.js
var core_namespaceObject = {};
__nccwpck_require__.r(core_namespaceObject);
__nccwpck_require__.d(core_namespaceObject, {
  Yz: () => (debug),
  z3: () => (core_error),
  V4: () => (getInput),
  pq: () => (info),
  _o: () => (isDebug),
  lm: () => (notice),
  uH: () => (setOutput),
  Pq: () => (setSecret),
  z: () => (summary),
  $e: () => (warning)
});

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
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/summary.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
        return __awaiter(this, void 0, void 0, function* () {
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
        return __awaiter(this, void 0, void 0, function* () {
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
        return __awaiter(this, void 0, void 0, function* () {
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
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
    return core_awaiter(this, void 0, void 0, function* () {
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
    return core_awaiter(this, void 0, void 0, function* () {
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
;// CONCATENATED MODULE: ./build/src/monocloud/api-key.js
/**
 * The Management API key. A class, and not a string, so that no template, log line or JSON can show
 * it by accident: only `reveal()` gives the text, and only the request header and the redaction call it.
 */
class ApiKey {
    #text;
    constructor(text) {
        this.#text = text;
    }
    /**
     * Surrounding white space is trimmed: it comes along when a secret is pasted, and is never part
     * of a key. Anything but visible ASCII inside could change the request header.
     *
     * @returns the key, or why the text is none
     */
    static check(text) {
        const trimmed = text.trim();
        if (trimmed === '')
            return 'empty';
        if (/\s/u.test(trimmed))
            return 'white-space';
        if (!/^[\u0021-\u007E]+$/u.test(trimmed))
            return 'not-visible-ascii';
        return new ApiKey(trimmed);
    }
    reveal() {
        return this.#text;
    }
    toString() {
        return '***';
    }
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = require("node:http");
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_namespaceObject);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = require("node:https");
var external_node_https_default = /*#__PURE__*/__nccwpck_require__.n(external_node_https_namespaceObject);
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
;// CONCATENATED MODULE: ./build/src/monocloud/proxy.js



/**
 * The proxy that the environment asks for (`HTTPS_PROXY`, `NO_PROXY`, in either case). The client of
 * the runner's toolkit decides whether to use it: Node's own `NO_PROXY` does not match the subdomains
 * of a bare domain.
 *
 * @returns undefined where there is to be none; `unusable` for a value that names no proxy, as going
 *   past it is not what was asked for
 */
function proxyFor({ origin }) {
    const url = new URL(origin);
    const lowerCase = process.env['https_proxy'] ?? '';
    const value = lowerCase === '' ? (process.env['HTTPS_PROXY'] ?? '') : lowerCase;
    if (url.protocol !== 'https:' || value === '' || checkBypass(url))
        return undefined;
    // Without a scheme `proxy.example.com:3128` would be a URL of the scheme `proxy.example.com`.
    const proxy = URL.parse(/^[a-z][a-z\d+.-]*:\/\//iu.test(value) ? value : `http://${value}`);
    const isUsable = proxy !== null && proxy.hostname !== '' && /^https?:$/u.test(proxy.protocol);
    return isUsable ? proxy : 'unusable';
}
/**
 * Node's agent keeps tunnels through a proxy. It does not hand out the connection to the proxy while
 * CONNECT waits, which is needed to end it, and to know whether it was the proxy that failed.
 */
class TenantAgent extends (external_node_https_default()).Agent {
    /** The connection that was opened last: to the proxy where there is one, otherwise to the tenant. */
    opened;
    createConnection(...args) {
        const connection = super.createConnection(...args);
        this.opened = connection ?? undefined;
        return connection;
    }
}
/**
 * Keeps connections to the tenant, through the proxy where there is one.
 *
 * @param timeoutMs the longest that a request may take
 */
function agentFor(domain, proxy, timeoutMs) {
    if (domain.protocol === 'http:')
        return new (external_node_http_default()).Agent({ keepAlive: true });
    if (proxy === undefined)
        return new TenantAgent({ keepAlive: true });
    // `timeout` ends a CONNECT that nobody answers: destroying the request does not.
    const proxyEnv = { https_proxy: proxy.href };
    return new TenantAgent({ keepAlive: true, timeout: timeoutMs, proxyEnv });
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
     * nothing is guessed: what parsers could read in two ways is refused, and what the URL parser made
     * of the text is compared with what was asked for.
     *
     * @returns the domain, or why the text is none
     */
    static check(text) {
        if (text === '')
            return 'empty';
        const parts = SHAPE.exec(text)?.groups;
        if (parts === undefined)
            return shapeFault(text);
        const scheme = (parts['scheme'] ?? 'https').toLowerCase();
        const host = (parts['host'] ?? '').toLowerCase();
        const port = Number(parts['port'] ?? defaultPort(scheme));
        if (port > HIGHEST_PORT)
            return 'port';
        if (scheme === 'http' && !OWN_MACHINE.has(host))
            return 'plain-http';
        const fault = hostFault(host);
        if (fault !== undefined)
            return fault;
        const url = URL.parse(`${scheme}://${host}:${port}/`);
        const parsedPort = Number(url?.port === '' ? defaultPort(scheme) : url?.port);
        if (url?.hostname !== host || parsedPort !== port || url.pathname !== '/')
            return 'ambiguous';
        return new TenantDomain(url, port);
    }
}
function hostFault(host) {
    const address = withoutBrackets(host);
    if ((0,external_node_net_namespaceObject.isIP)(address) !== 0) {
        const isLoopback = (0,external_node_net_namespaceObject.isIPv4)(address) ? address.startsWith('127.') : host === '[::1]';
        return isLoopback ? undefined : 'ip-address';
    }
    const labels = host.split('.');
    if (host.length > LONGEST_HOST_NAME || !labels.every((label) => LABEL.test(label))) {
        return 'not-a-host-name';
    }
    // The URL standard reads a last label of digits as an IP address, in ways that surprise.
    return /^(?:\d+|0x[\da-f]*)$/u.test(labels.at(-1) ?? '') ? 'ends-like-ip-address' : undefined;
}
/** What does not match `SHAPE` is refused in any case; this only finds the words for it. */
function shapeFault(text) {
    if (/\s/u.test(text))
        return 'white-space';
    if (text.includes('\\'))
        return 'backslash';
    if (text.includes('@'))
        return 'user-name';
    if (/[?#]/u.test(text))
        return 'query';
    if (/[^\u0020-\u007E]/u.test(text))
        return 'not-ascii';
    if (/^[a-z][a-z\d+.-]*:\/\//iu.test(text) && !/^https?:\/\//iu.test(text))
        return 'scheme';
    if (/\/./u.test(text.replace(/^https?:\/\//iu, '')))
        return 'path';
    return 'not-a-host-name';
}
function defaultPort(scheme) {
    return scheme === 'https' ? 443 : 80;
}
function withoutBrackets(host) {
    return host.replaceAll(/[[\]]/gu, '');
}

;// CONCATENATED MODULE: ./build/src/refusal.js
/** Something that the user of the action can fix. It ends the step before the first request. */
class Refusal extends Error {
    name = 'Refusal';
    reason;
    constructor(reason) {
        super(reason.kind);
        this.reason = reason;
    }
}
/** @returns the error of an input that is wrong */
function inputRefusal(input, fault) {
    return new Refusal({ kind: 'input', input, fault });
}
/** @returns whether the file system said no, so that it is not a bug */
function isFileError(error) {
    return error instanceof Error && 'syscall' in error;
}
/** @returns the code of a file system error, as in `EACCES`; never its text, which has paths in it */
function fileErrorCode(error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = require("node:fs");
;// CONCATENATED MODULE: ./build/src/monocloud/json.js
/**
 * @returns the value, or undefined where the text is not JSON. No error: the parser's own message
 *   quotes the text, which here may be somebody's profile.
 */
function parseJson(text) {
    try {
        const value = JSON.parse(text);
        return value;
    }
    catch {
        return undefined;
    }
}
/** @returns the object, or undefined where the text is not JSON or is another kind of value */
function parseJsonObject(text) {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
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

;// CONCATENATED MODULE: ./build/src/earlier-reports.js

const RECORD_TYPES = new Set(['run', 'user', 'end']);
/** The outcomes of a removal that another run can change. */
const OPEN_OUTCOMES = new Set(['failed', 'unconfirmed', 'skipped']);
/** @returns whether the first line is a record of a report of this action */
function isReport(lines) {
    return RECORD_TYPES.has(parseJsonObject(lines[0]?.text ?? '')?.['type']);
}
/**
 * The users of one or more reports that are still to be done: of a dry run those that would lose
 * their username, of a removal those that are not done. Where a user is in several reports, the last
 * one counts.
 *
 * @param domain of this step, as people read it
 * @param checkUserId makes a user id of a text, or throws the error that names the line
 * @throws Refusal for a report that is of another domain or not complete
 */
function usersOfReports(lines, domain, checkUserId, refuse) {
    const isOpen = new Map();
    let report;
    for (const { number: line, text } of lines) {
        const record = parseJsonObject(text);
        if (record === undefined)
            throw refuse({ kind: 'broken-line', line });
        switch (record['type']) {
            case 'run':
                if (report !== undefined)
                    throw refuse({ kind: 'report-without-end', line: report.line });
                report = openReport(record, line, domain, refuse);
                break;
            case 'user': {
                if (report === undefined)
                    throw refuse({ kind: 'report-without-run', line });
                report.seen += 1;
                const userId = checkUserId(textOf(record['user_id']), line);
                const outcome = record['outcome'];
                isOpen.set(userId, report.dryRun ? outcome === 'would-remove' : OPEN_OUTCOMES.has(outcome));
                break;
            }
            case 'end':
                if (report === undefined)
                    throw refuse({ kind: 'report-without-run', line });
                if (report.seen !== report.users) {
                    throw refuse({ kind: 'report-lacks-users', line: report.line });
                }
                report = undefined;
                break;
            default:
                throw refuse({ kind: 'not-a-record', line });
        }
    }
    if (report !== undefined)
        throw refuse({ kind: 'report-without-end', line: report.line });
    const userIds = Array.from(isOpen).flatMap(([userId, open]) => (open ? [userId] : []));
    return { userIds, taken: { taken: userIds.length, of: isOpen.size } };
}
function openReport(run, line, domain, refuse) {
    if (run['domain'] !== domain) {
        throw refuse({ kind: 'report-of-other-domain', line, domain: textOf(run['domain']) });
    }
    return { line, dryRun: run['dry_run'] === true, users: run['users'], seen: 0 };
}
function textOf(value) {
    return typeof value === 'string' ? value : '';
}

;// CONCATENATED MODULE: ./build/src/monocloud/user-id.js
/** In characters. */
const MAX_USER_ID_LENGTH = 512;
const UNEXPECTED = /[^\w\-.~|:]/u;
const PLACEHOLDERS = new Set(['null', 'undefined', 'user_id']);
/**
 * A MonoCloud id is made by MonoCloud and is plain text. The check is strict because
 * `DELETE /api/users/{id}` deletes the user for good, and gateways decode `%2F`, `%3F`, `%23` and
 * `..` in ways that reach other routes. An id that was changed on the way would also pass for a user
 * that does not exist.
 *
 * @param text the id, already trimmed
 */
function isUserId(text) {
    return userIdFault(text) === undefined;
}
/** @returns why the trimmed text is not a user id; undefined where it is one */
function userIdFault(text) {
    if (text === '')
        return { kind: 'empty' };
    const character = UNEXPECTED.exec(text)?.[0];
    if (character !== undefined)
        return { kind: 'character', character };
    // `encodeURIComponent` leaves dots alone, and `..` would climb to `DELETE /api/users/{id}`.
    if (text === '.' || text === '..')
        return { kind: 'dots' };
    if (PLACEHOLDERS.has(text))
        return { kind: 'placeholder' };
    if (text.length > MAX_USER_ID_LENGTH)
        return { kind: 'too-long', length: text.length };
    return undefined;
}

;// CONCATENATED MODULE: ./build/src/user-list.js





/** bytes: a larger `user-id-file` is refused (256 MiB). */
const MAX_FILE_BYTES = 268_435_456;
/**
 * Reads the list of users from whichever input has it: each id checked, once, in the order given.
 *
 * @throws Refusal for the first thing that is wrong, with its place
 */
function readUserList(source) {
    const { text, file, domain, shard, maxUsers } = source;
    if (text !== '' && file !== undefined)
        throw inputRefusal('user-id', { kind: 'both-lists' });
    const refuse = (fault) => inputRefusal(file === undefined ? 'user-id' : 'user-id-file', fault);
    const list = file === undefined ? listInText(text, refuse) : listInFile(file, domain, refuse);
    if (list.userIds.length === 0 && list.taken === undefined)
        throw refuse({ kind: 'no-user' });
    const userIds = shard === undefined ? list.userIds : partOf(list.userIds, shard);
    if (userIds.length > maxUsers) {
        throw refuse({ kind: 'too-many-users', users: userIds.length, maxUsers });
    }
    return { userIds, taken: list.taken };
}
/**
 * The part of a list that a shard has. The parts follow each other, and together they are the list,
 * so every user is in exactly one.
 */
function partOf(list, { index, count }) {
    const end = (shard) => Math.floor((list.length * shard) / count);
    return list.slice(end(index - 1), end(index));
}
/** The input `user-id`: ids between line breaks, spaces and commas, or a JSON array. */
function listInText(text, refuse) {
    if (text.startsWith('['))
        return listOf(usersOfArray(text, refuse));
    if (text.startsWith('{'))
        throw refuse({ kind: 'not-a-list' });
    const lines = text.split(/\r\n|\n|\r/u);
    const userIds = lines.flatMap((line, index) => {
        // No other white space: it may be one that is not seen, and an id would become two.
        const entries = line
            .split(/[ \t,]/u)
            .map((entry) => entry.trim())
            .filter((entry) => entry !== '');
        return entries.map((entry, place) => {
            const unit = lines.length > 1 ? 'line' : 'entry';
            const number = lines.length > 1 ? index + 1 : place + 1;
            return checkUserId(entry, { unit, number }, refuse);
        });
    });
    return listOf(userIds);
}
/** The file of `user-id-file`: one id a line, a JSON array, JSON Lines, or reports of this action. */
function listInFile(file, domain, refuse) {
    const text = decodeUtf8(readBytes(file, refuse));
    if (text === undefined)
        throw refuse({ kind: 'not-utf-8', path: file });
    const start = text.trimStart();
    if (start.startsWith('['))
        return listOf(usersOfArray(text, refuse));
    if (!start.startsWith('{'))
        return listOf(usersOfLines(text, refuse));
    const lines = linesOf(text);
    if (isReport(lines)) {
        const checked = (id, line) => checkUserId(id, { unit: 'line', number: line }, refuse);
        return usersOfReports(lines, domain, checked, refuse);
    }
    return listOf(usersOfJsonLines(text, lines, refuse));
}
function listOf(userIds) {
    return { userIds: [...new Set(userIds)], taken: undefined };
}
function linesOf(text) {
    return text
        .split('\n')
        .map((line, index) => ({ number: index + 1, text: line.trim() }))
        .filter((line) => line.text !== '');
}
function usersOfLines(text, refuse) {
    return linesOf(text).map(({ number, text: entry }) => checkUserId(entry, { unit: 'line', number }, refuse));
}
function usersOfArray(text, refuse) {
    const value = parseJson(text);
    if (!Array.isArray(value))
        throw refuse({ kind: 'broken-array' });
    const entries = value;
    return entries.map((entry, index) => userOf(entry, { unit: 'entry', number: index + 1 }, refuse));
}
function usersOfJsonLines(text, lines, refuse) {
    // One object over several lines, as a formatted answer of the API.
    const object = parseJsonObject(text);
    if (object !== undefined) {
        if (typeof object['user_id'] !== 'string')
            throw refuse({ kind: 'not-a-list' });
        return [userOf(object, { unit: 'entry', number: 1 }, refuse)];
    }
    return lines.map(({ number, text: line }) => {
        const entry = parseJsonObject(line);
        if (entry === undefined)
            throw refuse({ kind: 'broken-line', line: number });
        return userOf(entry, { unit: 'line', number }, refuse);
    });
}
/** A string, or an object with a string `user_id`, which is what `GET /api/users` answers. */
function userOf(entry, place, refuse) {
    const userId = isJsonObject(entry) ? entry['user_id'] : entry;
    if (typeof userId !== 'string')
        throw refuse({ kind: 'not-a-user', place });
    return checkUserId(userId.trim(), place, refuse);
}
function checkUserId(text, place, refuse) {
    if (isUserId(text))
        return text;
    throw refuse({ kind: 'user-id', fault: userIdFault(text) ?? { kind: 'empty' }, place, text });
}
function readBytes(file, refuse) {
    const attempt = (operation) => {
        try {
            return operation();
        }
        catch (error) {
            throw refuse({ kind: 'unreadable', path: file, code: fileErrorCode(error) });
        }
    };
    // Before it is opened: opening a pipe that nobody writes to would wait for ever.
    const stats = attempt(() => (0,external_node_fs_namespaceObject.statSync)(file));
    if (!stats.isFile())
        throw refuse({ kind: 'not-regular', path: file });
    if (stats.size > MAX_FILE_BYTES)
        throw refuse({ kind: 'file-too-large', path: file });
    return attempt(() => (0,external_node_fs_namespaceObject.readFileSync)(file));
}

;// CONCATENATED MODULE: ./build/src/inputs.js







/** The key as the workflow gave it, unchecked: to be masked before anything else happens. */
function rawApiKey() {
    return getInput('api-key', { trimWhitespace: false });
}
/**
 * Reads every input once, and the proxy that the environment asks for.
 *
 * @throws Refusal for the first thing that is wrong
 */
function readSettings() {
    const apiKey = apiKeyInput();
    const domain = domainInput();
    const paths = {
        userIdFile: pathInput('user-id-file'),
        reportFile: pathInput('report-file'),
        profilesFile: pathInput('profiles-file'),
    };
    const scalars = {
        ignoreNotFound: oneOf('on-not-found', ['fail', 'ignore']) === 'ignore',
        ignoreNoUsername: oneOf('on-no-username', ['fail', 'ignore']) === 'ignore',
        dryRun: booleanInput('dry-run'),
        concurrency: wholeNumber('concurrency', { lowest: 1, highest: 64 }),
        requestsPerSecond: inputs_textOf('requests-per-second')
            ? wholeNumber('requests-per-second', { lowest: 1, highest: 1000, unit: 'requests a second' })
            : undefined,
        retries: wholeNumber('retries', { lowest: 0, highest: 10 }),
        timeoutMs: wholeNumber('timeout', { lowest: 1, highest: 600, unit: 'seconds' }) * 1000,
        maxRetryWaitMs: wholeNumber('max-retry-wait', { lowest: 0, highest: 3600, unit: 'seconds' }) * 1000,
    };
    const maxUsers = wholeNumber('max-users', { lowest: 1 });
    const shard = shardInput();
    const list = readUserList({
        text: inputs_textOf('user-id'),
        file: paths.userIdFile,
        domain: domain.shown,
        shard,
        maxUsers,
    });
    const proxy = proxyFor(domain);
    if (proxy === 'unusable')
        throw new Refusal({ kind: 'unusable-proxy' });
    return { apiKey, domain, proxy, shard, ...paths, ...scalars, ...list };
}
function inputs_textOf(name) {
    return getInput(name);
}
function apiKeyInput() {
    const result = ApiKey.check(inputs_textOf('api-key'));
    if (result instanceof ApiKey)
        return result;
    throw inputRefusal('api-key', { kind: 'api-key', fault: result });
}
function domainInput() {
    const text = inputs_textOf('domain');
    const result = TenantDomain.check(text);
    if (result instanceof TenantDomain)
        return result;
    throw inputRefusal('domain', { kind: 'domain', fault: result, text });
}
function pathInput(name) {
    const path = inputs_textOf(name);
    return path === '' ? undefined : (0,external_node_path_namespaceObject.resolve)(process.env['GITHUB_WORKSPACE'] ?? '.', path);
}
/** A whole number within the range, both ends included. */
function wholeNumber(name, range) {
    const text = inputs_textOf(name);
    const { lowest, highest, unit } = range;
    const value = /^\d+$/u.test(text) ? Number(text) : NaN;
    if (value >= lowest && value <= (highest ?? Number.MAX_SAFE_INTEGER))
        return value;
    throw wrongValue(name, text, { kind: 'whole-number', lowest, highest, unit });
}
/** The booleans of YAML 1.2 and no others: `yes` and `1` are a mistake. */
function booleanInput(name) {
    const text = inputs_textOf(name);
    if (/^(?:true|True|TRUE)$/u.test(text))
        return true;
    if (/^(?:false|False|FALSE)$/u.test(text))
        return false;
    throw wrongValue(name, text, { kind: 'one-of', choices: ['true', 'false'] });
}
function oneOf(name, choices) {
    const text = inputs_textOf(name);
    const choice = choices.find((one) => one === text);
    if (choice !== undefined)
        return choice;
    throw wrongValue(name, text, { kind: 'one-of', choices });
}
function shardInput() {
    const text = inputs_textOf('shard');
    if (text === '')
        return undefined;
    const parts = /^(?<index>[1-9]\d{0,5})\/(?<count>[1-9]\d{0,5})$/u.exec(text)?.groups;
    const shard = { index: Number(parts?.['index']), count: Number(parts?.['count']) };
    if (shard.index <= shard.count)
        return shard;
    throw inputRefusal('shard', { kind: 'shard', text });
}
function wrongValue(name, text, expected) {
    return inputRefusal(name, { kind: 'value', text, expected });
}

;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = require("node:tls");
;// CONCATENATED MODULE: ./build/src/monocloud/send-request.js

/**
 * An abort signal for many short requests. A signal keeps its listeners in a linked list, where one
 * that was removed still holds those that came after it, and so do the tables of a `Set` that it has
 * outgrown. With either, 60 to 100 MiB more stayed in memory for 20,000 users. This class listens once,
 * and keeps the rest in an array.
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
     * @param listener called if the signal is aborted from now on
     * @returns a function that removes the listener
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
/** bytes: a longer body is cut off (1 MiB). */
const MAX_BODY_BYTES = 1_048_576;
const SWITCHING_PROTOCOLS = 101;
/** Nothing has happened yet. */
function newProgress() {
    return {
        mayHaveReached: false,
        informational: false,
        responding: false,
        bytesReadBefore: 0,
    };
}
/**
 * Sends a request, and reads its response to the last byte.
 *
 * @param progress kept up to date, for telling what a failure means
 * @returns rejects with whatever Node throws
 */
async function sendRequest(request, progress) {
    const response = await finalResponse(request, progress);
    progress.responding = true;
    request.on('error', (error) => response.destroy(error));
    const { statusCode: status = 0, headers, socket } = response;
    return {
        kind: 'response',
        status,
        headers,
        body: status === SWITCHING_PROTOCOLS ? new Uint8Array() : await readBody(response),
        onKeptConnection: request.reusedSocket,
        dropConnection: () => socket.destroy(),
    };
}
/** Sends the request and waits for the headers of the final response. */
function finalResponse(request, progress) {
    const reached = () => {
        progress.mayHaveReached = true;
    };
    return new Promise((resolve, reject) => {
        // Stays for good: an error that comes after the response would otherwise be an uncaught one.
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
            progress.bytesReadBefore = socket.bytesRead;
            if (request.reusedSocket)
                reached();
            else if (!(socket instanceof external_node_tls_namespaceObject.TLSSocket))
                socket.once('connect', reached);
            // Through a proxy, the handshake is over by now.
            else if (socket.getPeerFinished() === undefined)
                socket.once('secureConnect', reached);
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
            if (length > MAX_BODY_BYTES)
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

;// CONCATENATED MODULE: ./build/src/monocloud/failure.js
/** Node's error codes before and while a connection is made, or when it ends. */
const CAUSES = new Map([
    ['ECONNREFUSED', 'connection-refused'],
    ['EHOSTUNREACH', 'connection-refused'],
    ['ENETUNREACH', 'connection-refused'],
    ['EADDRNOTAVAIL', 'connection-refused'],
    ['EAI_AGAIN', 'lookup-failed'],
    ['ETIMEDOUT', 'timed-out'],
    ['ENOTFOUND', 'unknown-host'],
    ['EAI_NODATA', 'unknown-host'],
    ['EAI_NONAME', 'unknown-host'],
    ['EPROTO', 'tls'],
    ['HPE_HEADER_OVERFLOW', 'headers-too-large'],
]);
/** The reasons for which OpenSSL rejects a certificate, as Node names them. */
const CERTIFICATE_CODE = /CERT|CRL|SIGNATURE|ISSUER|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|UNSPECIFIED/u;
/** A proxy that answers CONNECT with one of these may let the next attempt through. */
const PASSING_PROXY_STATUSES = new Set([429, 502, 503, 504]);
/** Sorts an error that came before or in place of a response. */
function causeOf(error) {
    const code = errorCode(error);
    if (isTunnelError(error))
        return tunnelCause(error);
    // Windows knows no such host in these words.
    if (code === 'ENOENT' && isLookUp(error))
        return 'unknown-host';
    const known = CAUSES.get(code);
    if (known !== undefined)
        return known;
    if (code.startsWith('HPE_'))
        return 'not-http';
    if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || CERTIFICATE_CODE.test(code)) {
        return 'tls';
    }
    return 'connection-lost';
}
/**
 * @returns the code of an error, as in `ECONNRESET`; of several addresses that of a time-out, where
 *   there was one. Never the text: it may quote what came over the wire.
 */
function errorCode(error) {
    if (error instanceof AggregateError && error.errors.some((one) => isTimeout(one))) {
        return 'ETIMEDOUT';
    }
    if (!(error instanceof Error) || !('code' in error))
        return 'no code';
    const { code } = error;
    return typeof code === 'string' && /^[\w-]{1,64}$/u.test(code) ? code : 'no code';
}
/** @returns whether the proxy did not open a tunnel */
function isTunnelError(error) {
    return errorCode(error) === 'ERR_PROXY_TUNNEL';
}
/** @returns the status with which a proxy refused CONNECT; undefined where it gave none */
function proxyStatus(error) {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    return typeof status === 'number' && !Number.isNaN(status) ? status : undefined;
}
/** Node gives one code for all that can go wrong with CONNECT, and sets these beside it. */
function tunnelCause(error) {
    if (!(error instanceof Error))
        return 'connection-lost';
    if ('proxyTunnelTimeout' in error)
        return 'timed-out';
    if (!('statusCode' in error))
        return 'connection-lost';
    // What came is no status line.
    if (Number.isNaN(error.statusCode))
        return 'not-http';
    const status = proxyStatus(error);
    return status !== undefined && PASSING_PROXY_STATUSES.has(status)
        ? 'proxy-unavailable'
        : 'proxy-refused';
}
function isLookUp(error) {
    return error instanceof Error && 'syscall' in error && error.syscall === 'getaddrinfo';
}
function isTimeout(error) {
    return error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT';
}

;// CONCATENATED MODULE: ./build/src/monocloud/http.js






/** bytes: longer response headers are refused (64 KiB). */
const MAX_HEADER_BYTES = 65_536;
/** The last address of a host may take longer than the others by this much. */
const LAST_ADDRESS_FACTOR = 4;
/** Kept connections to one tenant, through the proxy that the environment asks for, if any. */
class HttpConnection {
    #domain;
    #proxy;
    #agent;
    #cancellation;
    /**
     * @param proxy undefined where the tenant is reached directly
     * @param timeoutMs the longest that a request may take
     * @param cancellation ends the requests in flight, and lets no other begin
     */
    constructor(domain, proxy, timeoutMs, cancellation) {
        this.#domain = domain;
        this.#proxy = proxy;
        this.#agent = agentFor(domain, proxy, timeoutMs);
        this.#cancellation = cancellation;
    }
    /** Ends the kept connections that carry no request, so that the next request gets a fresh one. */
    dropIdleConnections() {
        for (const sockets of Object.values(this.#agent.freeSockets)) {
            for (const socket of sockets ?? [])
                socket.destroy();
        }
    }
    /**
     * One request and its response. No redirects, no retries, no content encoding; the deadline holds
     * whatever the socket does, and the body is counted while it is read.
     *
     * @returns never rejects for anything that a server, a proxy or a network can do
     */
    send({ timeoutMs, addressTimeoutMs, ...options }) {
        const progress = newProgress();
        if (this.#cancellation.isRequested) {
            return Promise.resolve(this.#aborted('cancelled', progress));
        }
        const opened = this.#open({ ...options, autoSelectFamilyAttemptTimeout: addressTimeoutMs });
        const { request, toProxy } = opened;
        limitLastAddress(request, toProxy, addressTimeoutMs);
        return new Promise((resolve) => {
            // Whatever comes first ends it, and what comes later changes nothing any more: neither a socket
            // nor a proxy can hold up the deadline.
            const end = (result) => {
                clearTimeout(timer);
                stopListening();
                if (request.socket === null)
                    toProxy?.destroy();
                request.destroy();
                resolve(result);
            };
            const abort = (limit) => end(this.#aborted(limit, progress, this.#peerOf(opened)));
            const timer = setTimeout(() => abort('timed-out'), timeoutMs);
            const stopListening = this.#cancellation.listen(() => abort('cancelled'));
            sendRequest(request, progress).then(end, (error) => {
                end(this.#failed(error, opened, progress));
            });
        });
    }
    #open(options) {
        const { hostname: host, port } = this.#domain;
        const agent = this.#agent;
        const all = { ...options, host, port, agent, maxHeaderSize: MAX_HEADER_BYTES };
        if (!(agent instanceof TenantAgent))
            return { request: external_node_http_default().request(all) };
        agent.opened = undefined;
        const request = external_node_https_default().request({ ...all, rejectUnauthorized: true });
        return { request, toProxy: this.#proxy === undefined ? undefined : agent.opened };
    }
    #failed(error, opened, progress) {
        const { request, toProxy } = opened;
        const { mayHaveReached, responding } = progress;
        const isTunnel = isTunnelError(error);
        const peer = isTunnel ? 'proxy' : this.#peerOf(opened);
        const cause = causeOf(error);
        // It sent something and ended, and that was no response to CONNECT.
        const isGarbage = isTunnel && cause === 'connection-lost' && hasAnswered(toProxy);
        const sorted = isGarbage ? 'not-http' : cause;
        return {
            kind: 'failure',
            failure: {
                cause: responding ? 'response-incomplete' : sorted,
                peer,
                host: this.#hostOf(peer),
                mayHaveReached,
                code: String(proxyStatus(error) ?? errorCode(error)),
            },
            staleConnection: request.reusedSocket &&
                sorted === 'connection-lost' &&
                request.socket?.bytesRead === progress.bytesReadBefore,
        };
    }
    /** Before the proxy answers, a request has no socket of its own. */
    #peerOf({ request, toProxy }) {
        if (this.#proxy === undefined || request.socket !== null)
            return 'tenant';
        return hasAnswered(toProxy) ? 'tenant' : 'proxy';
    }
    #aborted(limit, progress, peer = 'tenant') {
        const { mayHaveReached, informational, responding } = progress;
        const noFinal = limit === 'timed-out' && informational && !responding;
        const cause = noFinal ? 'no-final-response' : limit;
        return {
            kind: 'failure',
            failure: { cause, peer, host: this.#hostOf(peer), mayHaveReached, code: '' },
            staleConnection: false,
        };
    }
    #hostOf(peer) {
        return (peer === 'proxy' ? this.#proxy?.host : undefined) ?? this.#domain.shown;
    }
}
function hasAnswered(connection) {
    return connection instanceof external_node_net_namespaceObject.Socket && connection.bytesRead > 0;
}
/**
 * Node limits every address of a host but the last one. Where another one ran out of time, the last one
 * is limited, too: if it never connects, the slow one gets its second chance.
 */
function limitLastAddress(request, toProxy, addressTimeoutMs) {
    const watch = (socket) => {
        socket.once('connectionAttemptTimeout', () => {
            let timer;
            const stop = () => clearTimeout(timer);
            socket.on('connectionAttempt', () => {
                stop();
                timer = setTimeout(() => {
                    const message = 'No address of the host connected in time.';
                    socket.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }));
                }, LAST_ADDRESS_FACTOR * addressTimeoutMs);
            });
            socket.once('connect', stop);
            socket.once('close', stop);
        });
    };
    if (toProxy) {
        watch(toProxy);
    }
    else {
        request.once('socket', (socket) => {
            if (!request.reusedSocket)
                watch(socket);
        });
    }
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
 * @param serverTimeMs ms since the epoch by the server's clock: a date is meant by that clock, and the
 *   runner's may be wrong
 * @returns how long to wait, in ms, more than 0; undefined where the value is missing, unreadable or
 *   in the past
 */
function parseRetryAfter(value, serverTimeMs) {
    const text = value?.trim();
    if (text === undefined)
        return undefined;
    const waitMs = /^\d+$/u.test(text)
        ? Number(text) * 1000
        : (parseHttpDate(text) ?? NaN) - serverTimeMs;
    // An absurd number of seconds is still a number of ms.
    return waitMs > 0 ? Math.min(waitMs, Number.MAX_SAFE_INTEGER) : undefined;
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
    // The parser accepts the 31st of February and a wrong weekday.
    const isTrue = date.getUTCDate() === Number(day) && sameWeekday(date, text);
    return isTrue ? date.getTime() : undefined;
}
function sameWeekday(date, text) {
    return date.toUTCString().slice(0, 3) === text.slice(0, 3);
}

;// CONCATENATED MODULE: ./build/src/monocloud/response.js


/** @returns undefined where the text is not a JSON object with a string `user_id` */
function parseProfile(text) {
    const object = parseJsonObject(text);
    const userId = object?.['user_id'];
    if (object === undefined || typeof userId !== 'string')
        return undefined;
    const username = object['username'];
    // Anything there counts: "no username" is a promise, "a username" only a doubt.
    const hasUsername = username !== undefined && username !== null && username !== '';
    return { text, userId, hasUsername };
}
/**
 * Reads a response.
 *
 * @param nowMs ms since the epoch, by the runner's clock
 */
function readResponse({ status, headers, body }, nowMs) {
    const text = body instanceof Uint8Array ? decodeUtf8(body) : undefined;
    if (status === 200 && text !== undefined && !isProblem(headers)) {
        const profile = parseProfile(text);
        if (profile !== undefined)
            return { kind: 'profile', status, profile };
    }
    return {
        kind: 'error',
        status,
        reason: typeof body === 'string' ? bodyReason(body) : reasonOf(status, headers, text),
        retryAfterMs: parseRetryAfter(headers['retry-after'], serverTimeMs(headers) ?? nowMs),
    };
}
/** @returns the response where it is about the user that was asked for, otherwise that it is not */
function aboutUser(response, userId) {
    if (response.kind === 'error' || response.profile.userId === userId)
        return response;
    const reason = { kind: 'not-proven', body: 'other-user' };
    return { kind: 'error', status: response.status, reason, retryAfterMs: undefined };
}
function bodyReason(body) {
    return { kind: body === 'too large' ? 'body-too-large' : 'body-encoded' };
}
function reasonOf(status, headers, text) {
    if (status >= 300 && status < 400) {
        // Only the host: the rest of a location is outside text that helps nobody.
        const host = URL.parse(headers.location ?? '')?.host;
        return { kind: 'redirect', host: host === '' ? undefined : host };
    }
    if (status >= 400 || isProblem(headers)) {
        const problem = text === undefined ? undefined : parseProblem(text);
        return problem === undefined ? { kind: 'without-problem' } : { kind: 'problem', problem };
    }
    return { kind: 'not-proven', body: unexpectedBody(text) };
}
function unexpectedBody(text) {
    if (text === undefined)
        return 'not-utf-8';
    if (text.trim() === '')
        return 'empty';
    if (/^\s*</u.test(text))
        return 'web-page';
    return parseJsonObject(text) === undefined ? 'not-an-object' : 'object';
}
function isProblem(headers) {
    return /^\s*application\/problem\+json\s*(?:;|$)/iu.test(headers['content-type'] ?? '');
}
function serverTimeMs(headers) {
    return headers.date === undefined ? undefined : parseHttpDate(headers.date);
}
/**
 * Reads the body of an error. Any JSON object is taken as the server's word; members of the wrong
 * type are ignored (RFC 9457 §3.1), and so is the `status` inside: the one of HTTP decides.
 *
 * @returns undefined where the text is no JSON object
 */
function parseProblem(text) {
    const object = parseJsonObject(text);
    if (object === undefined)
        return undefined;
    return {
        title: response_textOf(object['title']),
        detail: response_textOf(object['detail']),
        errors: validationErrors(object['errors']),
        sent: text.trim(),
    };
}
/** MonoCloud sends a list of `{code, description}`, or an object of field to messages. */
function validationErrors(errors) {
    if (Array.isArray(errors)) {
        const list = errors;
        return list.flatMap((entry) => {
            if (!isJsonObject(entry)) {
                return textsOf(entry).map((message) => ({ label: undefined, message }));
            }
            const label = response_textOf(entry['code']);
            const message = response_textOf(entry['description']);
            return label === undefined && message === undefined ? [] : [{ label, message }];
        });
    }
    if (!isJsonObject(errors))
        return [];
    return Object.entries(errors).flatMap(([field, messages]) => textsOf(messages).map((message) => ({ label: response_textOf(field), message })));
}
function textsOf(value) {
    const values = Array.isArray(value) ? value : [value];
    return values.flatMap((one) => response_textOf(one) ?? []);
}
function response_textOf(value) {
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

;// CONCATENATED MODULE: ./build/src/monocloud/users-api.js



/** The version in package.json, which a test compares with this one. */
const VERSION = '1.0.0';
/** ms: Node's own limit for each address of a host, with which an attempt begins. */
const FIRST_ADDRESS_TIMEOUT_MS = 250;
/** Each time that no address of the host connects within its limit, the limit grows by this. */
const ADDRESS_TIMEOUT_FACTOR = 4;
function connectUsersApi(settings) {
    const { domain, apiKey, proxy, timeoutMs, cancelled, now } = settings;
    const cancellation = new Cancellation(cancelled);
    const connection = new HttpConnection(domain, proxy, timeoutMs, cancellation);
    const headers = {
        Accept: 'application/json, application/problem+json',
        'Accept-Encoding': 'identity',
        'User-Agent': `monocloud-remove-username/${VERSION}`,
        'X-API-Key': apiKey.reveal(),
    };
    /**
     * One attempt. It has one deadline, and takes a second request where the first could not tell: on a
     * connection that the server had closed already, and to the next address of a slow host.
     */
    const attempt = async (route, userId) => {
        const deadline = now() + timeoutMs;
        let addressTimeoutMs = FIRST_ADDRESS_TIMEOUT_MS;
        let sentTwice = false;
        for (;;) {
            const leftMs = Math.max(1, deadline - now());
            const result = await connection.send({
                ...route,
                headers,
                timeoutMs: leftMs,
                addressTimeoutMs,
            });
            if (result.kind === 'failure') {
                const { failure, staleConnection } = result;
                if (staleConnection && !sentTwice) {
                    connection.dropIdleConnections();
                    sentTwice = true;
                }
                else if (isSlowAddress(failure) && addressTimeoutMs < deadline - now()) {
                    addressTimeoutMs *= ADDRESS_TIMEOUT_FACTOR;
                }
                else {
                    return { kind: 'no-response', failure, sentTwice };
                }
                continue;
            }
            const response = readResponse(result, now());
            const isMismatch = response.kind === 'profile' && response.profile.userId !== userId;
            if (isMismatch && result.onKeptConnection) {
                // The response may belong to an earlier request. A reading is sent again; of a removal, the
                // own response is lost.
                result.dropConnection();
                if (route.method === 'DELETE') {
                    return { kind: 'no-response', failure: mismatchAt(domain), sentTwice };
                }
                connection.dropIdleConnections();
                sentTwice = true;
                continue;
            }
            if (route.method === 'DELETE')
                return { ...response, sentTwice };
            return { ...aboutUser(response, userId), sentTwice };
        }
    };
    return {
        removeUsername: (userId) => attempt(removeUsernameRoute(userId), userId),
        readUser: (userId) => attempt(readUserRoute(userId), userId),
    };
}
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
 * The last check before a request leaves: `DELETE /api/users/{id}` deletes a user for good, so a path
 * that a server or proxy could read as another one is a bug that must end the step.
 */
function assertPath(path, expected) {
    const asParsed = new URL(path, 'https://path.invalid').pathname;
    if (asParsed !== path || !expected.test(path)) {
        throw new Error('The path of a request is not the one that was asked for.');
    }
}
/** None of the addresses of a host was given enough time to connect. */
function isSlowAddress({ cause, mayHaveReached, code }) {
    return cause === 'timed-out' && !mayHaveReached && code === 'ETIMEDOUT';
}
function mismatchAt({ shown: host }) {
    return { cause: 'response-mismatch', peer: 'tenant', host, mayHaveReached: true, code: '' };
}

;// CONCATENATED MODULE: ./build/src/removal/outcome.js
/** In the order in which counts of them are shown. */
const OUTCOMES = [
    'removed',
    'would-remove',
    'no-username',
    'not-found',
    'failed',
    'unconfirmed',
    'skipped',
];
const STOP_REASONS = [
    'key-rejected',
    'redirect',
    'tls',
    'unknown-host',
    'consecutive-failures',
    'retry-after-too-long',
    'cancelled',
    'log-closed',
    'report-lost',
    'internal-error',
];
/** @returns why the signal was aborted; undefined where it was not */
function stopReasonOf(signal) {
    if (!signal.aborted)
        return undefined;
    return STOP_REASONS.find((reason) => reason === signal.reason) ?? 'cancelled';
}
function isNotDone(outcome) {
    return 'cause' in outcome;
}
/** Makes the outcome of a user that is not done. */
function notDone(outcome, cause, retryAfterTooLongMs) {
    const status = cause.kind === 'error' ? cause.status : null;
    return { outcome, status, cause, retryAfterTooLongMs };
}

;// CONCATENATED MODULE: ./build/src/removal/cubic-rate.js
/** Requests a ms. An early refusal, when little was accepted, proves no lower rate than this. */
const LOWEST_FIRST_RATE = 10 / 1000;
/** Such a rate is a guess, so K is short: others may have used up the limit in that moment. */
const SHORTEST_K_PAUSES = 0.1;
/** Of the rate at which the API throttled, the part to go on with (RFC 9438: beta). */
const BETA = 0.95;
/** A rate that is throttled again is lowered to this part at most. */
const LOWEST_BETA = 0.5;
/**
 * Pauses until the rate is back where it was throttled (RFC 9438: K), at first and at most. Another
 * refusal costs another pause: the longer K is, the less often the limit is tried. K doubles where the
 * limit is found again where it was. It is halved where the API throttles sooner than that: others take
 * more of the limit, and may soon leave it.
 */
const FIRST_K_PAUSES = 5;
const MAX_K_PAUSES = 10;
/** ms after K in which the rate grows by as much as it was lowered (RFC 9438: what C stands for). */
const GROWTH_MS = 1000;
/**
 * The rate that an API can take, as far as its refusals tell. It is infinite before the first one.
 * Then it grows as that of CUBIC does (RFC 9438): hardly at all near the rate that was throttled, ever
 * faster beyond it, so that what others leave is soon used. A simple AIMD measured worse.
 */
class CubicRate {
    /** Requests a ms at which the API throttled (RFC 9438: W_max), since when it grows, and K. */
    #throttledRate = Infinity;
    #growsSince = -Infinity;
    #kPauses = FIRST_K_PAUSES / 2;
    #kMs = 0;
    /** @returns requests a ms */
    at(time) {
        const beyondKMs = time - this.#growsSince - this.#kMs;
        const growth = beyondKMs < 0 ? (1 + beyondKMs / this.#kMs) ** 3 - 1 : (beyondKMs / GROWTH_MS) ** 3;
        return this.#throttledRate * (1 + (1 - BETA) * growth);
    }
    /** The API throttled at `rate`, having accepted `accepted` on average, and then paused for `pauseMs`. */
    lower(rate, accepted, pauseMs, now) {
        const isFirst = rate === Infinity;
        const isEarly = rate < this.#throttledRate;
        const isGuess = isFirst && accepted < LOWEST_FIRST_RATE;
        this.#throttledRate = isFirst
            ? Math.max(LOWEST_FIRST_RATE, accepted)
            : Math.min(rate, Math.max(rate * LOWEST_BETA, accepted));
        const kPauses = isGuess ? 0 : this.#kPauses * (isEarly ? 0.5 : 2);
        this.#kPauses = Math.min(MAX_K_PAUSES, Math.max(SHORTEST_K_PAUSES, kPauses));
        this.#kMs = this.#kPauses * pauseMs;
        this.growFrom(now);
    }
    /** Begins to grow again from where it was lowered to. */
    growFrom(now) {
        this.#growsSince = now;
    }
}

;// CONCATENATED MODULE: ./build/src/removal/rate-limiter.js

/** ms: what a limit counts over, unless a longer `Retry-After` says otherwise. */
const WINDOW_MS = 1000;
/** ms: what was accepted before counts half, so that the count speaks of what the API takes now. */
const HALF_LIFE_MS = 5000;
/** ms that everyone waits when the API is throttling and does not say how long. It doubles. */
const FIRST_PAUSE_MS = 500;
/** ms: the longest pause that the API did not ask for, and the longest time between two requests. */
const MAX_PAUSE_MS = 20_000;
/**
 * ms: a timer that fires late is made up for by this much, so that lateness does not add up. At 0.95 of
 * a rate (see `CubicRate`), a second still has no more requests than that rate allows.
 */
const MAX_CATCH_UP_MS = 50;
/**
 * Goes as fast as the responses come, until the API throttles (429, 503). What it accepted by then,
 * over the time that it asks to wait, is the rate that it can take (RFC 6585: so many requests in a
 * given time). From there on requests are spaced evenly, a little slower than that, and then slowly
 * faster. Spacing keeps refusals few: a rate that is a little too high costs one, where full
 * concurrency would cost one for each user in flight.
 *
 * While the API accepts nothing at all, its refusals say nothing about a rate. Then requests go one
 * at a time, at most the last `Retry-After` apart.
 */
function createRateLimiter({ maxRetryWaitMs, requestsPerSecond = Infinity, clock, }) {
    const shortestSpacingMs = 1000 / requestsPerSecond;
    /** When the last requests were sent, as many as `requestsPerSecond` allows. */
    const sentAt = [];
    const rate = new CubicRate();
    /** Accepted requests, and the time they are counted from. */
    let accepted = 0;
    let countedFrom = clock.now();
    /** A refusal that the rate does not know of yet, and when the last one came. */
    let refusal;
    let refusedAt = -Infinity;
    /** The API throttles, and has accepted nothing since the pause. */
    let acceptsNothing = false;
    /** The last `Retry-After`, and the pause that is made where there is none. */
    let lastRetryAfterMs;
    let defaultPauseMs = FIRST_PAUSE_MS;
    /** Nobody goes before the first; the second is when the spacing lets the next one go. */
    let resumeAt = -Infinity;
    let nextAt = -Infinity;
    /** When the API wants to be asked again. A pause that it did not ask for is never too long. */
    let retryAfterAt = -Infinity;
    /** Those that wait stand in line, and only the first one sleeps. */
    let lastInLine = Promise.resolve();
    let waiting = 0;
    let sleeping = new AbortController();
    const heardSignals = new WeakSet();
    const retryAfterTooLongMs = () => {
        const waitMs = retryAfterAt - clock.now();
        return waitMs > maxRetryWaitMs ? waitMs : undefined;
    };
    const spacingAt = (time) => {
        const learnt = acceptsNothing
            ? (lastRetryAfterMs ?? defaultPauseMs)
            : Math.min(lastRetryAfterMs ?? MAX_PAUSE_MS, 1 / rate.at(time));
        return Math.max(learnt, shortestSpacingMs);
    };
    /** Only when the pause is over: by then those that were in flight have been counted, too. */
    const learnFromRefusal = (now) => {
        if (refusal === undefined)
            return;
        const pauseMs = Math.max(WINDOW_MS, lastRetryAfterMs ?? defaultPauseMs);
        rate.lower(refusal.rate, accepted / refusal.periodMs, pauseMs, now);
        refusal = undefined;
        accepted = 0;
        countedFrom = now;
    };
    /** A spacing that is shorter than before holds from now on, also for the one that waits. */
    const sendWithin = (spacingMs, now) => {
        nextAt = Math.min(nextAt, now + spacingMs);
        sleeping.abort();
    };
    const throttle = (startedAt, now, retryAfterMs) => {
        // Those that were in flight together were refused together: that is one refusal, not many.
        const isSameRefusal = startedAt < resumeAt;
        if (!isSameRefusal && acceptsNothing) {
            defaultPauseMs = Math.min(MAX_PAUSE_MS, defaultPauseMs * 2);
        }
        else if (!isSameRefusal && startedAt >= refusedAt + WINDOW_MS) {
            const periodMs = Math.max(WINDOW_MS, now - countedFrom, retryAfterMs ?? 0);
            refusal = { rate: rate.at(startedAt), periodMs };
            refusedAt = now;
        }
        acceptsNothing = true;
        lastRetryAfterMs = retryAfterMs;
        sendWithin(spacingAt(now), now);
        if (retryAfterMs === undefined)
            resumeAt = Math.max(resumeAt, now + defaultPauseMs);
    };
    const accept = (startedAt, now) => {
        // The time in which the API accepted nothing says nothing about the rate that it can take.
        if (acceptsNothing && startedAt >= resumeAt) {
            accepted = 0;
            countedFrom = startedAt;
            rate.growFrom(startedAt);
        }
        accepted += 1;
        if (!acceptsNothing || startedAt < resumeAt)
            return;
        acceptsNothing = false;
        defaultPauseMs = FIRST_PAUSE_MS;
        sendWithin(spacingAt(now), now);
    };
    /** Also where a late timer is made up for, no second has more requests than are allowed. */
    const secondFreeAt = () => sentAt.length < requestsPerSecond ? -Infinity : (sentAt[0] ?? 0) + 1000;
    const noteSent = (now) => {
        if (requestsPerSecond === Infinity)
            return;
        sentAt.push(now);
        if (sentAt.length > requestsPerSecond)
            sentAt.shift();
    };
    const releaseFrom = (startedAt) => (meaning) => {
        if (meaning === undefined)
            return;
        const now = clock.now();
        const { answered, slowsDown, retryAfterMs, sentTwice } = meaning;
        if (sentTwice) {
            noteSent(now);
            nextAt += shortestSpacingMs;
        }
        if (slowsDown)
            throttle(startedAt, now, retryAfterMs);
        else if (answered)
            accept(startedAt, now);
        if (retryAfterMs === undefined)
            return;
        retryAfterAt = Math.max(retryAfterAt, now + retryAfterMs);
        resumeAt = Math.max(resumeAt, retryAfterAt);
        // Where that is too long, the one that sleeps has to know now.
        sleeping.abort();
    };
    const grant = (now) => {
        if (now - countedFrom > HALF_LIFE_MS) {
            accepted /= 2;
            countedFrom = (countedFrom + now) / 2;
        }
        noteSent(now);
        nextAt = (now - nextAt > MAX_CATCH_UP_MS ? now : nextAt) + spacingAt(now);
        return { kind: 'granted', release: releaseFrom(now) };
    };
    const sleep = async (ms) => {
        sleeping = new AbortController();
        await clock.sleep(ms, sleeping.signal);
    };
    const nextPermit = async (abort) => {
        for (;;) {
            if (abort.aborted)
                return { kind: 'aborted' };
            const tooLongMs = retryAfterTooLongMs();
            if (tooLongMs !== undefined)
                return { kind: 'retry-after-too-long', waitMs: tooLongMs };
            const now = clock.now();
            if (now >= resumeAt)
                learnFromRefusal(now);
            const waitMs = Math.max(resumeAt, nextAt, secondFreeAt()) - now;
            if (waitMs <= 0)
                return grant(now);
            await sleep(waitMs);
        }
    };
    const acquire = async (abort) => {
        if (!heardSignals.has(abort)) {
            heardSignals.add(abort);
            abort.addEventListener('abort', () => sleeping.abort());
        }
        const before = lastInLine;
        const { promise, resolve: letNextGo } = Promise.withResolvers();
        lastInLine = promise;
        waiting += 1;
        await before;
        try {
            return await nextPermit(abort);
        }
        finally {
            waiting -= 1;
            letNextGo();
        }
    };
    const waitMs = () => {
        const now = clock.now();
        const spacingMs = waiting === 0 ? 0 : waiting * spacingAt(Math.max(now, resumeAt));
        return Math.max(0, Math.max(resumeAt, nextAt) - now + spacingMs);
    };
    return { acquire, waitMs, retryAfterTooLongMs };
}

;// CONCATENATED MODULE: ./build/src/removal/retry.js
/** ms: the longest that the first wait can be, and that any wait can be. */
const FIRST_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 20_000;
/**
 * Exponential backoff with full jitter: anything between nothing and a bound that doubles, so that
 * many clients that failed together do not come back together.
 *
 * @param attempts how many there were, from 1
 * @param random a number from 0 up to but not including 1
 * @returns ms
 */
function backoffMs(attempts, random) {
    return random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempts - 1));
}
/**
 * Sends until the response is final, the retries are used up, or the step is stopped.
 *
 * @param kind `reading`: settles what became of a removal. Its first request is sent also after a
 *   stop, because what is in flight is seen through.
 */
async function attemptRepeatedly(userId, send, kind, dependencies) {
    const { rateLimiter, clock, random, retries, stopped, cancelled, observer, sending } = dependencies;
    const isStopped = () => stopped.aborted;
    let [count, lost] = [0, false];
    let last;
    const ended = (retryAfterTooLongMs) => ({ last, lost, retryAfterTooLongMs });
    for (;;) {
        const isFirstReading = kind === 'reading' && count === 0;
        const abort = isFirstReading ? cancelled : stopped;
        const permit = await rateLimiter.acquire(abort);
        if (permit.kind === 'aborted')
            return ended();
        if (permit.kind === 'retry-after-too-long')
            return ended(permit.waitMs);
        if (abort.aborted) {
            // Stopped in the moment between the two: still nothing may be sent.
            permit.release(undefined);
            return ended();
        }
        const sentAt = clock.now();
        if (kind === 'attempt')
            sending();
        last = await sendOnce(userId, send, permit, dependencies);
        const { response, meaning } = last;
        count += 1;
        lost ||= meaning.lost;
        observer.attempted(userId, kind, count, response, clock.now() - sentAt);
        if (!meaning.retried || count > retries || isStopped())
            return ended();
        const retryAfterTooLongMs = rateLimiter.retryAfterTooLongMs();
        if (retryAfterTooLongMs !== undefined)
            return ended(retryAfterTooLongMs);
        // What the API asked for is waited out in the rate limiter, by everyone.
        const waitMs = meaning.retryAfterMs === undefined ? backoffMs(count, random) : 0;
        observer.retrying(userId, count + 1, response, Math.max(waitMs, rateLimiter.waitMs()));
        if (waitMs > 0)
            await clock.sleep(waitMs, stopped);
    }
}
/** Sends one request, and gives the permit back whatever comes of it. */
async function sendOnce(userId, send, permit, { classify }) {
    let meaning;
    try {
        const response = await send(userId);
        meaning = classify(response);
        return { response, meaning };
    }
    finally {
        permit.release(meaning);
    }
}

;// CONCATENATED MODULE: ./build/src/removal/remove-username.js


/** Removes the username of one user, or finds out why that could not be done. */
const removeUsername = async (userId, dependencies) => {
    const { api } = dependencies;
    const attempts = await attemptRepeatedly(userId, api.removeUsername, 'attempt', dependencies);
    return decide(userId, attempts, dependencies);
};
/** In place of a removal in a dry run: only reads the user. */
const previewRemoval = async (userId, dependencies) => {
    const { api } = dependencies;
    const attempts = await attemptRepeatedly(userId, api.readUser, 'attempt', dependencies);
    return { outcome: previewOf(attempts), meaning: attempts.last?.meaning };
};
function previewOf({ last, retryAfterTooLongMs }) {
    if (last === undefined)
        return notDone('skipped', { kind: 'not-sent' }, retryAfterTooLongMs);
    const { response, meaning } = last;
    if (response.kind === 'profile') {
        return foundIn(response, response.profile.hasUsername ? 'would-remove' : 'no-username');
    }
    return notDone(meaning.notFound ? 'not-found' : 'failed', response, retryAfterTooLongMs);
}
function decide(userId, attempts, dependencies) {
    const { last, lost, retryAfterTooLongMs } = attempts;
    if (last === undefined) {
        const outcome = notDone('skipped', { kind: 'not-sent' }, retryAfterTooLongMs);
        return { outcome, meaning: undefined };
    }
    const { response, meaning } = last;
    if (response.kind === 'profile') {
        const { status, profile } = response;
        return { outcome: { outcome: 'removed', status, profile, confirmedByRead: false }, meaning };
    }
    const asAnswered = notDone(meaning.notFound ? 'not-found' : 'failed', response, retryAfterTooLongMs);
    const unconfirmed = { outcome: { ...asAnswered, outcome: 'unconfirmed' }, meaning };
    if (dependencies.cancelled.aborted && (response.kind === 'no-response' || meaning.retried)) {
        return unconfirmed;
    }
    // As soon as no attempt is left: the last one failed to say, or looks like one that came too late.
    const noneLeft = meaning.retried || meaning.lost;
    if (lost && (meaning.mayMeanAlreadyRemoved || noneLeft)) {
        return settleByReading(userId, { outcome: asAnswered, meaning }, dependencies);
    }
    if (lost)
        return unconfirmed;
    if (meaning.mayMeanAlreadyRemoved && dependencies.ignoreNoUsername) {
        return lookForNoUsername(userId, { outcome: asAnswered, meaning }, dependencies);
    }
    return { outcome: asAnswered, meaning };
}
/**
 * The response of an attempt was lost, so the removal may have happened. DELETE is idempotent in what
 * it does, not in what it answers (RFC 9110 §9.2.2), so the user is read.
 */
async function settleByReading(userId, asAnswered, dependencies) {
    const { last, retryAfterTooLongMs } = await read(userId, dependencies);
    if (last === undefined) {
        const { cause } = asAnswered.outcome;
        const waitMs = retryAfterTooLongMs ?? asAnswered.outcome.retryAfterTooLongMs;
        return { ...asAnswered, outcome: notDone('unconfirmed', cause, waitMs) };
    }
    const { response, meaning } = last;
    if (response.kind !== 'profile') {
        const outcome = meaning.notFound ? 'not-found' : 'unconfirmed';
        return { outcome: notDone(outcome, response, retryAfterTooLongMs), meaning };
    }
    const { status, profile } = response;
    if (profile.hasUsername) {
        return { ...asAnswered, outcome: { ...asAnswered.outcome, outcome: 'failed' } };
    }
    return { outcome: { outcome: 'removed', status, profile, confirmedByRead: true }, meaning };
}
/** The API refused, which may be because there is no username. Only a reading can say so. */
async function lookForNoUsername(userId, asAnswered, dependencies) {
    const { last } = await read(userId, dependencies);
    if (last?.response.kind === 'profile' && !last.response.profile.hasUsername) {
        return { outcome: foundIn(last.response, 'no-username'), meaning: last.meaning };
    }
    // What every other user would meet stops the batch, also where a reading met it.
    const { outcome, meaning } = asAnswered;
    return { outcome, meaning: last?.meaning.stops === undefined ? meaning : last.meaning };
}
function read(userId, dependencies) {
    return attemptRepeatedly(userId, dependencies.api.readUser, 'reading', dependencies);
}
function foundIn({ status, profile }, outcome) {
    return { outcome, status, profile };
}

;// CONCATENATED MODULE: ./build/src/removal/rules.js
const SERVER_FAILED = { retried: true, lost: true, countsAsOutage: true };
const ALREADY_REMOVED = { mayMeanAlreadyRemoved: true };
/** The contract's table of statuses. What is not here and in no range below is final. */
const STATUS_RULES = new Map([
    [401, { stops: 'key-rejected' }],
    [402, { stops: 'key-rejected' }],
    [403, { stops: 'key-rejected', countsAsOutage: true }],
    [404, ALREADY_REMOVED],
    [408, { retried: true }],
    [409, ALREADY_REMOVED],
    [422, ALREADY_REMOVED],
    [429, { retried: true, slowsDown: true, countsAsOutage: true }],
    [500, SERVER_FAILED],
    [502, SERVER_FAILED],
    [503, { ...SERVER_FAILED, slowsDown: true }],
    [504, SERVER_FAILED],
    // Gateways of Cloudflare.
    [520, SERVER_FAILED],
    [521, SERVER_FAILED],
    [522, SERVER_FAILED],
    [523, SERVER_FAILED],
    [524, SERVER_FAILED],
    [530, SERVER_FAILED],
]);
const PASSING = { retried: true, countsAsOutage: true };
/** The contract's table of failures without a response. Whether one is lost, it says itself. */
const FAILURE_RULES = {
    'connection-refused': PASSING,
    'connection-lost': PASSING,
    'timed-out': PASSING,
    'response-incomplete': PASSING,
    'lookup-failed': PASSING,
    'proxy-unavailable': PASSING,
    'response-mismatch': {},
    'no-final-response': { countsAsOutage: true },
    'not-http': { countsAsOutage: true },
    'headers-too-large': { countsAsOutage: true },
    'proxy-refused': { countsAsOutage: true },
    tls: { stops: 'tls' },
    'unknown-host': { stops: 'unknown-host' },
    cancelled: {},
};
/** Without its body even a plain status proves little. */
const CUT_OFF = new Set(['body-too-large', 'body-encoded']);
const NOTHING_FOLLOWS = {
    retried: false,
    slowsDown: false,
    lost: false,
    mayMeanAlreadyRemoved: false,
    stops: undefined,
    countsAsOutage: false,
};
/**
 * Makes the classifier of one step. It remembers two things that earlier responses proved: that the
 * host exists, so that an unknown host may pass, and that the key is accepted, so that a 403 is about
 * one user.
 */
function createClassifier() {
    let hostAnswered = false;
    let keyAccepted = false;
    const ruleFor = (response) => {
        switch (response.kind) {
            case 'profile':
                return {};
            case 'error': {
                const rule = STATUS_RULES.get(response.status) ?? rangeRule(response.status);
                return response.status === 403 && keyAccepted ? { ...rule, stops: undefined } : rule;
            }
            case 'no-response': {
                const { cause, mayHaveReached } = response.failure;
                const rule = cause === 'unknown-host' && hostAnswered ? PASSING : FAILURE_RULES[cause];
                return mayHaveReached ? { ...rule, lost: true } : rule;
            }
        }
    };
    return (response) => {
        const rule = ruleFor(response);
        hostAnswered ||= response.kind !== 'no-response';
        keyAccepted ||= provesKey(response);
        const isError = response.kind === 'error';
        return {
            ...NOTHING_FOLLOWS,
            ...rule,
            answered: response.kind !== 'no-response',
            sentTwice: response.sentTwice,
            // The first of two may have taken effect, and its response was lost.
            lost: rule.lost === true || response.sentTwice,
            retryAfterMs: isError && rule.retried === true ? response.retryAfterMs : undefined,
            notFound: isError && response.status === 404 && !CUT_OFF.has(response.reason.kind),
        };
    };
}
const NO_PROOF_OF_KEY = new Set([401, 402, 403, 408, 429]);
/** A status that the API gives only to a key that it accepts, and a gateway does not give at all. */
function provesKey(response) {
    if (response.kind === 'no-response')
        return false;
    const { status } = response;
    return status === 200 || (status >= 400 && status < 500 && !NO_PROOF_OF_KEY.has(status));
}
function rangeRule(status) {
    if (status >= 300 && status < 400)
        return { stops: 'redirect' };
    return status >= 500 ? { lost: true, countsAsOutage: true } : {};
}

;// CONCATENATED MODULE: ./build/src/removal/batch.js




/** This many users in a row that failed for want of an answer stop the batch (circuit breaker). */
const MAX_CONSECUTIVE_FAILURES = 10;
/**
 * Removes the usernames of all users, or in a dry run finds out what would happen. The first user
 * goes alone, so that a bad key costs one request; then `concurrency` at a time. Where the API throttles
 * the first user, the others join in: alone, it would use up its retries while they wait. After a stop,
 * what is in flight ends and the rest is skipped.
 *
 * @returns why it stopped early, if it did. Never rejects: an error of the action itself stops it.
 */
async function processUsers(settings, dependencies) {
    const { userIds, concurrency, dryRun } = settings;
    const { clock, cancelled, ended } = dependencies;
    const stop = new AbortController();
    const cutOff = new AbortController();
    /** Not even a reading that would settle a removal is sent any more. */
    const endNow = (reason) => {
        stop.abort(reason);
        cutOff.abort(reason);
    };
    const endWhenCancelled = () => endNow(stopReasonOf(cancelled));
    if (cancelled.aborted)
        endWhenCancelled();
    cancelled.addEventListener('abort', endWhenCancelled, { once: true });
    const processUser = dryRun ? previewRemoval : removeUsername;
    const { promise: mayJoin, resolve: letOthersJoin } = Promise.withResolvers();
    const classify = createClassifier();
    const shared = {
        ...settings,
        ...dependencies,
        rateLimiter: createRateLimiter({ ...settings, clock }),
        classify: (response) => {
            const meaning = classify(response);
            if (meaning.slowsDown && !meaning.lost)
                letOthersJoin();
            return meaning;
        },
        stopped: stop.signal,
        cancelled: cutOff.signal,
    };
    let consecutiveFailures = 0;
    const endOf = async (userId) => {
        // Counted here, so that an error of the action itself does not take the number along.
        let attempts = 0;
        const ending = (outcome) => ({ outcome, attempts, meaning: undefined });
        if (stop.signal.aborted)
            return ending(notDone('skipped', { kind: 'not-sent' }));
        const sending = () => {
            attempts += 1;
        };
        try {
            const decision = await processUser(userId, { ...shared, sending });
            return { ...decision, attempts };
        }
        catch (error) {
            endNow('internal-error');
            const name = error instanceof Error ? error.name : typeof error;
            const ifSent = dryRun ? 'failed' : 'unconfirmed';
            return ending(notDone(attempts > 0 ? ifSent : 'skipped', { kind: 'internal-error', name }));
        }
    };
    const account = ({ outcome, meaning }) => {
        const isFailure = isNotDone(outcome) && meaning?.countsAsOutage === true;
        consecutiveFailures = isFailure ? consecutiveFailures + 1 : 0;
        if (!isNotDone(outcome))
            return;
        if (meaning?.stops !== undefined)
            stop.abort(meaning.stops);
        if (outcome.retryAfterTooLongMs !== undefined)
            stop.abort('retry-after-too-long');
        if (consecutiveFailures === MAX_CONSECUTIVE_FAILURES)
            stop.abort('consecutive-failures');
    };
    const processOne = async (userId, index) => {
        const end = await endOf(userId);
        try {
            const lost = ended({ userId, attempts: end.attempts, ...end.outcome }, index);
            if (lost === 'internal-error')
                endNow(lost);
            else if (lost !== undefined)
                stop.abort(lost);
        }
        catch {
            endNow('internal-error');
        }
        account(end);
    };
    const queue = userIds.entries();
    const processTheRest = async () => {
        for (const [index, userId] of queue)
            await processOne(userId, index);
    };
    const joinIn = async () => {
        await mayJoin;
        await processTheRest();
    };
    const [first] = userIds;
    if (first !== undefined) {
        queue.next();
        const others = Array.from({ length: concurrency - 1 }, joinIn);
        await processOne(first, 0);
        letOthersJoin();
        await Promise.all([processTheRest(), ...others]);
    }
    return stopReasonOf(stop.signal);
}

;// CONCATENATED MODULE: ./build/src/removal/clock.js
// Not `Date.now()` alone: a clock that is set back in the middle of a pause would end it too early.
const startedAt = Date.now();
const [startSeconds, startNanoseconds] = process.hrtime();
const systemClock = {
    now: () => {
        const [seconds, nanoseconds] = process.hrtime();
        return startedAt + (seconds - startSeconds) * 1000 + (nanoseconds - startNanoseconds) / 1e6;
    },
    sleep: (ms, until) => new Promise((resolve) => {
        if (until.aborted) {
            resolve();
            return;
        }
        const end = () => {
            clearTimeout(timer);
            until.removeEventListener('abort', end);
            resolve();
        };
        const timer = setTimeout(end, ms);
        until.addEventListener('abort', end);
    }),
};

;// CONCATENATED MODULE: ./build/src/report/messages.js
// ---- One user ----
/** Titles of the annotations on users that are not done. They say no more than is known. */
const NOT_DONE_TITLES = {
    'not-found': 'User not found',
    failed: 'Username not removed',
    unconfirmed: 'Removal not confirmed',
};
const NOT_READ_TITLE = 'User not read';
/** The last line of a step with one user. */
const RESULTS = {
    removed: 'Done: the username of user {user} is removed.',
    'would-remove': 'Dry run: user {user} has a username, which would be removed.',
    'no-username': 'Done: user {user} has no username.',
    'not-found': 'Failed: user {user} does not exist.',
    failed: 'Failed: the username of user {user} was not removed.',
    unconfirmed: 'Failed: it is not known whether the username of user {user} was removed.',
    skipped: 'Failed: nothing was sent for user {user}.',
};
const CONFIRMED_RESULT = 'Done: the username of user {user} is removed. Reading the user confirmed it.';
const IGNORED_RESULT = 'Done: user {user} does not exist, which `on-not-found: ignore` accepts.';
const NOT_READ_RESULT = 'Failed: user {user} could not be read.';
/** How the summary names outcomes, in its order. */
const OUTCOME_LABELS = {
    removed: 'Removed',
    'would-remove': 'Would be removed',
    'no-username': 'Has no username',
    'not-found': 'Not found',
    failed: 'Failed',
    unconfirmed: 'Unconfirmed',
    skipped: 'Skipped',
};
/** What happened instead of a response: with the tenant, and with the proxy where that differs. */
const FAILURES = {
    'connection-refused': {
        title: 'No connection',
        tenant: '{host} could not be reached. Check the domain and port, and the network of the runner.',
        proxy: 'The proxy {host} could not be reached. Check HTTPS_PROXY and the network of the runner.',
    },
    'connection-lost': {
        title: 'Connection lost',
        tenant: 'The connection to {host} ended before a response came.',
        proxy: 'The connection to the proxy {host} ended before it answered.',
    },
    'timed-out': {
        title: 'Timed out',
        tenant: 'No complete response came within the time that `timeout` allows for one attempt.',
        proxy: 'The proxy {host} did not answer within the time that `timeout` allows for one attempt.',
    },
    'response-incomplete': {
        title: 'Response broke off',
        tenant: 'The connection to {host} ended in the middle of the response.',
    },
    'response-mismatch': {
        title: 'Response to another request',
        tenant: 'The response was about another user, so it belongs to another request. The connection was ' +
            'closed.',
    },
    tls: {
        title: 'No secure connection',
        tenant: 'The certificate of {host} was not accepted, or {host} does not speak TLS.',
        proxy: 'The certificate of the proxy {host} was not accepted, or the proxy does not speak TLS.',
    },
    'unknown-host': {
        title: 'Unknown host',
        tenant: 'No host with the name {host} is known. Check the domain for a typo.',
        proxy: 'No proxy with the name {host} is known. Check HTTPS_PROXY for a typo.',
    },
    'lookup-failed': {
        title: 'Host not looked up',
        tenant: 'The name server of the runner gave no answer about {host}.',
        proxy: 'The name server of the runner gave no answer about the proxy {host}.',
    },
    'not-http': {
        title: 'Not HTTP',
        tenant: 'What {host} sent is not HTTP. Check the domain and port.',
        proxy: 'What the proxy {host} sent is not HTTP. Check HTTPS_PROXY.',
    },
    'headers-too-large': {
        title: 'Headers too large',
        tenant: '{host} sent response headers of more than 64 KiB.',
    },
    'proxy-refused': {
        title: 'Proxy refused',
        tenant: 'The proxy {host} did not open a connection to the domain. Check HTTPS_PROXY and its ' +
            'credentials, and whether the proxy allows the domain.',
    },
    'proxy-unavailable': {
        title: 'Proxy unavailable',
        tenant: 'The proxy {host} could not open a connection to the domain at that time.',
    },
    'no-final-response': {
        title: 'No final response',
        tenant: 'Interim responses (1xx) came, but no final one within the time that `timeout` allows for ' +
            'one attempt.',
    },
    cancelled: {
        title: 'Cancelled',
        tenant: 'The step was ended before a response came.',
    },
};
const TLS_HINT = 'Check the domain. With a private CA, or behind a proxy that inspects TLS, give the certificate ' +
    'of the CA to the runner in NODE_EXTRA_CA_CERTS.';
const TLS_BROKE = 'The secure connection to {host} broke.';
const KEY_NOT_SENT = 'The key was not sent.';
/** What is wrong with a response that is neither a profile nor problem details. */
const RESPONSE_FAULTS = {
    'without-problem': { title: '', text: 'The response has no problem details.' },
    redirect: {
        title: 'Redirect not followed',
        text: 'Following it would send the API key to another place.',
    },
    'body-too-large': {
        title: 'Response too large',
        text: 'The body is longer than 1 MiB and was cut off.',
    },
    'body-encoded': {
        title: 'Response encoded',
        text: 'The body has a content encoding that was not asked for.',
    },
    'not-proven': { title: 'Not proven', text: 'The response has {body}, which proves nothing.' },
};
const UNEXPECTED_BODIES = {
    'not-utf-8': 'a body that is not UTF-8',
    empty: 'an empty body',
    'web-page': 'a web page',
    'not-an-object': 'a body that is not a JSON object',
    object: 'a JSON object that is not a profile with the status 200',
    'other-user': 'the profile of another user',
};
/** Of a user that the step did not get to, in the terms of RFC 9457. */
const SKIPPED = {
    title: 'Skipped',
    detail: 'The step ended before a request for this user was sent.',
};
/** Parts of the text on one user that is not done. `{…}` is filled in. */
const PHRASES = {
    monoCloudAnswered: 'MonoCloud answered {status}.',
    serverAnswered: 'The server answered {status}.',
    proxyAnswered: 'The proxy answered {status}.',
    pointsTo: 'It points to {host}.',
    errorCode: 'Error code: {code}.',
    waitTooLong: 'The API asked to wait {asked} s, and `max-retry-wait` allows {allowed} s.',
    stopped: 'Stopped: {why}.',
    skipped: '{users} skipped.',
    gaveUp: 'Gave up after {attempts} attempts.',
};
/** What to check, for the statuses that users can do something about. */
const HINTS = {
    401: 'Check the secret that holds the API key: it may be missing in this workflow context (secrets ' +
        'are not passed to workflows from forks), revoked, or of another tenant.',
    402: 'Check the plan of the tenant: it may not include the Management API, or a bill is due.',
    403: 'Check whether the plan of the tenant includes this.',
    404: 'Check the user id and that the user belongs to this tenant. If the user may be deleted ' +
        'already, set `on-not-found: ignore`.',
    firewall: 'Without problem details, it may come from a firewall before the API.',
    unconfirmed: 'It is not known whether the username was removed: run the step again, or look the user up.',
    noUsername: 'If the user may have no username already, set `on-no-username: ignore`.',
};
// ---- The step ----
/**
 * Why no further user was sent: the title of the annotation, what completes "Stopped: …", and whether
 * the response of one user was the reason, rather than something about the step.
 */
const STOPS = {
    'key-rejected': {
        title: 'Stopped early',
        text: 'the API does not accept the key for this',
        byUser: true,
    },
    redirect: {
        title: 'Stopped early',
        text: 'the server redirects, and the key is not sent to another place',
        byUser: true,
    },
    tls: { title: 'Stopped early', text: 'there is no secure connection', byUser: true },
    'unknown-host': { title: 'Stopped early', text: 'the host is not known', byUser: true },
    'consecutive-failures': {
        title: 'Stopped early',
        text: '10 users in a row got no response, a 5xx, 429 or 403',
        byUser: true,
    },
    'retry-after-too-long': {
        title: 'Stopped early',
        text: 'the API asks to wait longer than `max-retry-wait` allows',
        byUser: true,
    },
    cancelled: { title: 'Cancelled', text: 'the step was cancelled', byUser: false },
    'log-closed': {
        title: 'Log closed',
        text: 'the log of the step could no longer be written',
        byUser: false,
    },
    'report-lost': {
        title: 'Report not written',
        text: 'the report or the profiles could not be written, check the free space on the disk',
        byUser: false,
    },
    'internal-error': {
        title: 'Internal error',
        text: 'the action met an unexpected error',
        byUser: false,
    },
};
/** Annotations that are not about one user's failure. `{…}` is filled in. */
const NOTES = {
    stillShown: {
        title: 'Profile still shows a username',
        text: 'User {user}: the API said that the username is removed, but the profile it sent still shows ' +
            'one. Look the user up if in doubt.',
    },
    otherUser: {
        title: 'Profile names another user',
        text: 'User {user}: the profile that came back has another user id ({other}).',
    },
    bareNotFound: {
        title: 'Not found, without problem details',
        text: 'User {user}: the 404 came without MonoCloud’s problem details. It is ignored as asked; check ' +
            'that the domain is the one of your tenant.',
    },
    nobodyFound: {
        title: 'No user found',
        text: 'None of the {count} users exists. `on-not-found: ignore` accepts that, but the domain or the ' +
            'list is probably wrong.',
    },
    moreFailures: { title: 'More users not done', text: '{count} like these: see the report.' },
    moreMessages: {
        title: 'More messages',
        text: '{count} more messages were left out: the runner shows 10 of a kind. See the report.',
    },
    nothingLeft: {
        title: 'Nothing to do',
        text: 'Of the {of} users in the report, none is left to do.',
    },
    emptyShard: { title: 'Nothing to do', text: 'Shard {shard} of the list has no users.' },
    profileTooLarge: {
        title: 'Profile too large for an output',
        text: 'The profile is over 100 KiB, which a next step could not take, so the output `profile` is ' +
            'empty. The input `profiles-file` writes it to a file.',
    },
    resultsTooLarge: {
        title: 'Results too large for an output',
        text: 'The results are over 100 KiB, so the output `results` is empty. See the report.',
    },
    noOutputs: {
        title: 'Outputs not written',
        text: 'The outputs could not be written to the file that the runner gave in GITHUB_OUTPUT. Check the ' +
            'free space on its disk. The log and the report say what was done.',
    },
    noSummary: {
        title: 'No job summary',
        text: 'The job summary could not be written to the file that the runner gives in ' +
            'GITHUB_STEP_SUMMARY. Nothing else is missing.',
    },
    notClosed: {
        title: 'Report not written',
        text: 'The end of the file of `{input}` could not be written ({code}), so its last lines may be ' +
            'missing. Check the free space on its disk. What the outputs say is true.',
    },
    endedEarly: {
        title: 'Ended early',
        text: 'The step ended before it knew what became of its users. The report has the users that had ' +
            'ended by then.',
    },
};
/** Lines of the log. `{…}` is filled in. */
const LINES = {
    removing: 'Removing the username of {users} at {domain}.',
    previewing: 'Dry run: reading {users} at {domain}. Nothing is removed.',
    taken: 'Took {taken} of {of} users from the report: those that are still to be done.',
    shard: 'This is shard {shard} of the list.',
    report: 'Report: {file}',
    retrying: 'User {user}: {response}. Trying again in {wait} (attempt {attempt} of {attempts}).',
    noMoreRetries: 'Further retries are not listed.',
    attempted: 'User {user}, {kind} {number}: {response}, {took} ms',
    lineLost: 'User {user}: {outcome}, but the line could not be written to `{input}`.',
    progress: '{ended} of {users} users, {failed} not done, {perSecond} a second{left}.',
    timeLeft: ', about {left} left',
    failedAlthoughDone: 'Failed, although every user is done: {title}.',
    nothingDone: 'Done: there was no user to do.',
};
/** Parts of the last line of a step with several users. `{…}` is filled in. */
const RESULT_PARTS = {
    done: 'Done after {time}:',
    notDone: 'Failed, {failed} not done, after {time}:',
    dryRunDone: 'Dry run done after {time}:',
    dryRunNotDone: 'Dry run failed, {failed} not done, after {time}:',
    removed: '{number} of {users} removed',
    'would-remove': '{number} of {users} would lose the username',
    'no-username': '{number} had no username',
    'not-found': '{number} not found',
    failed: '{number} failed',
    unconfirmed: '{number} unconfirmed',
    skipped: '{number} skipped',
};
const INTERNAL_ERROR = 'The action met an unexpected error ({name}). What was done until then is in the report. Please ' +
    'open an issue in the repository of the action.';
/** Headings and columns of the job summary. */
const SUMMARY = {
    removed: 'Username removed from {count} of {users}',
    previewed: 'Dry run: {count} of {users} would lose the username',
    tenant: 'Tenant {domain}',
    shard: 'Shard {shard}',
    outcomes: ['Outcome', 'Users'],
    notDone: 'Not done',
    failures: ['User', 'Outcome', 'Status', 'What was answered'],
    planned: 'Would lose the username',
    users: ['User'],
    more: '… and {users}: see the report.',
    noText: '–',
    neverSent: 'not sent',
    noResponse: 'no response',
};
// ---- Refused steps ----
const NOTHING_SENT = 'Nothing was sent.';
/** Why a step is refused. `{…}` is filled in. */
const REFUSALS = {
    input: { title: 'Invalid input', text: 'Input `{input}` {wrong}. {right}' },
    'certificates-not-checked': {
        title: 'Certificates are not checked',
        text: 'NODE_TLS_REJECT_UNAUTHORIZED is 0, so anybody could take the place of the API and get the ' +
            'key. Remove it from the environment; for a private CA use NODE_EXTRA_CA_CERTS.',
    },
    'unusable-proxy': {
        title: 'Unusable proxy',
        text: 'HTTPS_PROXY is not the URL of a proxy such as http://proxy.example.com:3128. Connecting ' +
            'without it is not what was asked for.',
    },
    'no-output-file': {
        title: 'No file for outputs',
        text: 'GITHUB_OUTPUT {problem}, so the outputs could not be set. Run the action as a step of a ' +
            'workflow.',
    },
    'old-node': {
        title: 'Node.js is too old',
        text: 'The action needs Node 24.5 or newer, and was started with Node {version}. Update the runner ' +
            'to 2.328.0 or newer.',
    },
};
const OUTPUT_FILE_FAULTS = {
    'not-set': 'is not set',
    'not-a-file': 'does not name a file',
    unwritable: 'names a file that cannot be written ({code})',
};
const API_KEY_FAULTS = {
    empty: 'is empty',
    'white-space': 'has white space inside',
    'not-visible-ascii': 'has characters other than visible ASCII',
};
const DOMAIN_FAULTS = {
    empty: 'is empty',
    'white-space': 'has white space',
    backslash: 'has a backslash',
    'user-name': 'has a user name or an @',
    query: 'has a query or a fragment',
    'not-ascii': 'has characters outside of ASCII',
    scheme: 'has a scheme other than https://',
    path: 'has a path',
    port: 'has a port above 65535',
    'plain-http': 'asks for http://, which would send the key unencrypted',
    'ip-address': 'is an IP address; certificates and tenants go by name',
    'ends-like-ip-address': 'ends like an IP address',
    'not-a-host-name': 'is not a host name',
    ambiguous: 'is not a host name that a URL reads as it is written',
};
/** What is wrong with a file that an input names, and what to do. */
const FILE_FAULTS = {
    unreadable: {
        wrong: 'names a file that cannot be read ({code}): {path}',
        right: 'Check the path, which is relative to the workspace, and that an earlier step made the file.',
    },
    unwritable: {
        wrong: 'names a file that cannot be written ({code}): {path}',
        right: 'Check the path, which is relative to the workspace, and the space on the disk.',
    },
    'not-regular': {
        wrong: 'names something that is not a regular file: {path}',
        right: 'Give a file, not a folder, pipe or device.',
    },
    'not-private': {
        wrong: 'names a file that cannot be made readable by its owner only ({code}): {path}',
        right: 'Profiles are personal data. Give a new file, or one that belongs to the runner’s user.',
    },
    'file-too-large': {
        wrong: 'names a file of more than 256 MiB: {path}',
        right: 'Split the list.',
    },
    'not-utf-8': { wrong: 'names a file that is not UTF-8: {path}', right: 'Save it as UTF-8.' },
    'same-file': {
        wrong: 'is the same file as `{other}`',
        right: 'Give each input a file of its own.',
    },
};
/** What is wrong with a list in JSON or with a report, and what to do. */
const LIST_FAULTS = {
    'both-lists': { wrong: 'is given beside `user-id-file`', right: 'Give exactly one of the two.' },
    'no-user': {
        wrong: 'names no user',
        right: 'Give user ids, or a file of them in `user-id-file`. If it comes from a variable or an ' +
            'earlier step, check that it is available in this workflow context.',
    },
    'broken-array': {
        wrong: 'starts with `[` but is not a JSON array',
        right: 'Give a JSON array of strings, as in `["a","b"]`, or the ids alone.',
    },
    'not-a-list': {
        wrong: 'is a JSON object and not a list',
        right: 'Give the array inside it, as with `jq .users`.',
    },
    'broken-line': {
        wrong: 'has a line {line} that is not a JSON object',
        right: 'Every line of JSON Lines is an object with a `user_id`.',
    },
    'not-a-user': {
        wrong: 'has no user id in {place}',
        right: 'Every entry is a user id in quotes, or an object with a string `user_id`.',
    },
    'report-without-end': {
        wrong: 'has a report in line {line} without an end record, so its run was killed',
        right: 'Run that step again, and use its new report.',
    },
    'report-without-run': {
        wrong: 'has a record in line {line} that does not follow a run record',
        right: 'Give reports of this action, complete and unchanged.',
    },
    'report-lacks-users': {
        wrong: 'has a report in line {line} with fewer or more users than its run had',
        right: 'Give reports of this action, complete and unchanged.',
    },
    'report-of-other-domain': {
        wrong: 'has a report in line {line} of another domain: {domain}',
        right: 'Give a report of the domain that this step has.',
    },
    'not-a-record': {
        wrong: 'has a line {line} that is not a record of a report',
        right: 'Give reports of this action, complete and unchanged.',
    },
};
/** What is wrong with a value, and what to do. */
const VALUE_FAULTS = {
    empty: {
        wrong: 'is empty',
        right: 'Give {expected}, or leave the input out for its default. If it comes from a variable, check ' +
            'that the variable is set.',
    },
    value: { wrong: 'is {value}', right: 'It takes {expected}.' },
    'api-key': {
        wrong: '{fault}',
        right: 'Copy the key once more from Tenant Settings in the MonoCloud dashboard.',
    },
    'no-api-key': {
        wrong: '{fault}',
        right: 'Give the Management API key from a secret. If it does come from one, check that the secret ' +
            'is available in this workflow context: workflows from forks get none.',
    },
    domain: {
        wrong: '{fault}',
        right: 'Give the domain of your tenant, as in `acme.us.monocloud.com`.',
    },
    shard: {
        wrong: 'is {value}',
        right: 'It takes the number of the shard and how many there are, as in `2/5`.',
    },
    'too-many-users': {
        wrong: 'names {users} users, and `max-users` allows {maxUsers}',
        right: 'Check the list; if it is right, raise `max-users`.',
    },
};
/** What is wrong with a user id. */
const USER_ID_FAULTS = {
    empty: 'has an empty user id in {place}',
    dots: 'has a user id in {place} that is {value}, which a URL reads as a folder',
    placeholder: 'has the word {value} in {place}, which is not a user id',
    'too-long': 'has a user id in {place} that is {length} characters long; at most {max} are accepted',
    character: 'has a user id in {place} with {character}, which no user id has: {value}',
};
/** What the first character that does not belong usually means. */
const CHARACTER_HINTS = {
    quote: 'The quotes do not belong to the id: with jq, use `jq -r`.',
    separator: 'Put one id on each line.',
    at: 'An email address is not a user id.',
    unseen: 'It cannot be seen, and came along when the id was copied.',
    other: 'Give the ids as MonoCloud shows them.',
    placeholder: 'Check the step that made the list.',
};

;// CONCATENATED MODULE: ./build/src/report/text.js
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
/** Puts values in the place of `{name}`. */
function fill(text, values) {
    return text.replaceAll(/\{(?<name>\w+)\}/gu, (whole, name) => String(values[name] ?? whole));
}
/** With a full stop where there is none. */
function sentence(text) {
    const trimmed = text?.trim() ?? '';
    return trimmed === '' || /[.!?…]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}
/** One text of those parts that are not empty. */
function joined(parts) {
    return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

;// CONCATENATED MODULE: ./build/src/report/wording.js



/** Says why one user is not done, and what to do about it. */
function notDoneText(result, { maxRetryWaitMs, dryRun }) {
    const { userId, cause, attempts, retryAfterTooLongMs } = result;
    return joined([
        `User ${userId}:`,
        causeText(cause),
        retryAfterTooLongMs === undefined
            ? ''
            : fill(PHRASES.waitTooLong, {
                asked: Math.ceil(retryAfterTooLongMs / 1000),
                allowed: maxRetryWaitMs / 1000,
            }),
        attempts > 1 ? fill(PHRASES.gaveUp, { attempts }) : '',
        hintFor(result, dryRun),
    ]);
}
/** The cause in the terms of RFC 9457, made of what is known. */
function madeProblem(cause) {
    switch (cause.kind) {
        case 'not-sent':
            return SKIPPED;
        case 'internal-error':
            return { title: STOPS['internal-error'].title, detail: internalErrorText(cause.name) };
        case 'no-response':
            return { title: FAILURES[cause.failure.cause].title, detail: failureText(cause.failure) };
        case 'error': {
            const { status, reason } = cause;
            const detail = joined([answeredText(status, reason), reasonText(reason, status)]);
            return { title: titleOf(reason) || statusText(status), detail };
        }
    }
}
function causeText(cause) {
    if (cause.kind === 'error') {
        const { status, reason } = cause;
        return joined([
            answeredText(status, reason),
            titleSentence(reason),
            reasonText(reason, status),
        ]);
    }
    const { title, detail } = madeProblem(cause);
    return joined([sentence(title), detail]);
}
/** Only what sends problem details is known to be MonoCloud. */
function answeredText(status, { kind }) {
    const phrase = kind === 'problem' ? PHRASES.monoCloudAnswered : PHRASES.serverAnswered;
    return fill(phrase, { status: statusText(status) });
}
function titleSentence(reason) {
    return reason.kind === 'problem' ? '' : sentence(titleOf(reason));
}
function titleOf(reason) {
    return reason.kind === 'problem'
        ? (reason.problem.title ?? '')
        : RESPONSE_FAULTS[reason.kind].title;
}
/** The title, where it says more than the status does, the detail and each validation error. */
function reasonText(reason, status) {
    switch (reason.kind) {
        case 'problem': {
            const { title, detail, errors } = reason.problem;
            const ownTitle = title === external_node_http_namespaceObject.STATUS_CODES[status] ? undefined : title;
            return joined([ownTitle, detail, ...errors.map((error) => validationText(error))].map((text) => sentence(text)));
        }
        case 'redirect': {
            const { host } = reason;
            const target = host === undefined ? '' : fill(PHRASES.pointsTo, { host });
            return joined([target, RESPONSE_FAULTS.redirect.text]);
        }
        case 'not-proven':
            return RESPONSE_FAULTS['not-proven'].text.replace('{body}', UNEXPECTED_BODIES[reason.body]);
        case 'without-problem':
        case 'body-too-large':
        case 'body-encoded':
            return RESPONSE_FAULTS[reason.kind].text;
    }
}
function validationText({ label, message }) {
    if (message === undefined || label === message)
        return label ?? '';
    return label === undefined ? message : `${label}: ${message}`;
}
function failureText(failure) {
    const { cause, peer, host, mayHaveReached, code } = failure;
    const words = FAILURES[cause];
    const text = peer === 'proxy' ? (words.proxy ?? words.tenant) : words.tenant;
    const isBroken = cause === 'tls' && mayHaveReached;
    return joined([
        fill(isBroken ? TLS_BROKE : text, { host }),
        cause === 'tls' && !mayHaveReached ? joined([KEY_NOT_SENT, TLS_HINT]) : '',
        codeText(cause, code),
    ]);
}
function codeText(cause, code) {
    if (code === '' || code === 'no code')
        return '';
    const isStatus = /^\d+$/u.test(code);
    if (isStatus)
        return fill(PHRASES.proxyAnswered, { status: statusText(Number(code)) });
    return cause === 'cancelled' ? '' : fill(PHRASES.errorCode, { code });
}
function hintFor({ outcome, cause, status }, dryRun) {
    if (outcome === 'unconfirmed')
        return HINTS.unconfirmed;
    if (cause.kind !== 'error' || status === null)
        return '';
    const isProblem = cause.reason.kind === 'problem';
    if (status === 401)
        return HINTS[status];
    if (outcome === 'not-found')
        return HINTS[404];
    if (status === 402 || status === 403) {
        return joined([HINTS[status], isProblem ? '' : HINTS.firewall]);
    }
    return [409, 422].includes(status) && !dryRun ? HINTS.noUsername : '';
}
/**
 * What was answered, without personal data: the title, where it says more than the status does, and
 * of each validation error the code or the field. A message may quote what the user entered.
 */
function titleWithCodes(cause) {
    if (cause.kind !== 'error')
        return cause.kind === 'not-sent' ? '' : madeProblem(cause).title;
    const { reason, status } = cause;
    if (reason.kind !== 'problem')
        return titleOf(reason);
    const { title, errors } = reason.problem;
    const labels = errors.flatMap(({ label }) => label ?? []);
    const ownTitle = title === external_node_http_namespaceObject.STATUS_CODES[status] ? undefined : title;
    if (ownTitle === undefined || labels.length === 0)
        return ownTitle ?? labels.join(', ');
    return `${ownTitle} (${labels.join(', ')})`;
}
/** `404 Not Found`. */
function statusText(status) {
    return `${status} ${external_node_http_namespaceObject.STATUS_CODES[status] ?? ''}`.trim();
}
/** What came back for one attempt, as short as can be. */
function responseText(response) {
    return response.kind === 'no-response'
        ? FAILURES[response.failure.cause].title
        : statusText(response.status);
}
/** The last line of a step with several users. */
function resultsText(counts, { users, failed, dryRun, elapsedMs }) {
    const wanted = counts[dryRun ? 'would-remove' : 'removed'] ?? 0;
    const names = ['no-username', 'not-found', 'failed', 'unconfirmed', 'skipped'];
    const rest = names.flatMap((name) => {
        const number = counts[name] ?? 0;
        return number === 0 ? [] : [fill(RESULT_PARTS[name], { number })];
    });
    const first = fill(dryRun ? RESULT_PARTS['would-remove'] : RESULT_PARTS.removed, {
        number: wanted,
        users: count(users, dryRun ? 'user' : 'username'),
    });
    const { done, notDone, dryRunDone, dryRunNotDone } = RESULT_PARTS;
    const [asDone, asNotDone] = dryRun ? [dryRunDone, dryRunNotDone] : [done, notDone];
    return joined([
        fill(failed === 0 ? asDone : asNotDone, {
            failed: count(failed, 'user'),
            time: duration(elapsedMs),
        }),
        `${[first, ...rest].join(', ')}.`,
    ]);
}
/**
 * Why a step stopped early.
 *
 * @param skipped how many users were not sent because of it
 * @returns undefined where it left nobody out: the user that caused it has the reason already
 */
function stopMessage(reason, skipped) {
    if (reason === undefined)
        return undefined;
    const { title, text, byUser } = STOPS[reason];
    if (byUser && skipped === 0)
        return undefined;
    const rest = skipped === 0 ? '' : fill(PHRASES.skipped, { users: count(skipped, 'user') });
    return { title, text: joined([fill(PHRASES.stopped, { why: text }), rest]) };
}
function internalErrorText(name) {
    return fill(INTERNAL_ERROR, { name });
}
/** What an unexpected error is called. A message may quote what the error came from. */
function errorName(error) {
    const name = error instanceof Error ? error.name : typeof error;
    const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : '';
    return `${name}${code}`;
}

;// CONCATENATED MODULE: ./build/src/report/announcements.js



/** So many failures are named one by one; the runner shows 10 annotations of a kind. */
const MAX_NAMED_FAILURES = 8;
/** So many retries of a step are listed one by one: a bad day must not fill the log. */
const MAX_LISTED_RETRIES = 50;
/** ms: the shortest and longest time between two lines of progress. */
const MIN_INTERVAL_MS = 5000;
const MAX_INTERVAL_MS = 120_000;
/** In between, a line each time that this part of the time so far has passed. */
const PART_OF_AGE = 1 / 20;
/** What is about to happen. */
function announceStart(settings, reportFile, log) {
    const { userIds, domain, dryRun, taken, shard } = settings;
    if (taken !== undefined)
        log.info(fill(LINES.taken, { ...taken }));
    if (shard !== undefined)
        log.info(fill(LINES.shard, { shard: `${shard.index}/${shard.count}` }));
    log.info(fill(LINES.report, { file: reportFile }));
    if (userIds.length === 0) {
        log.annotate('notice', nothingToDo(settings));
        return;
    }
    const users = count(userIds.length, 'user');
    log.info(fill(dryRun ? LINES.previewing : LINES.removing, { users, domain: domain.shown }));
}
function nothingToDo({ taken, shard }) {
    if (shard === undefined || taken?.taken === 0) {
        return filled(NOTES.nothingLeft, { of: taken?.of ?? 0 });
    }
    return filled(NOTES.emptyShard, { shard: `${shard.index}/${shard.count}` });
}
/**
 * Logs the attempts of all users.
 *
 * @param retries further attempts that each user gets
 */
function createAttemptObserver(retries, log) {
    let listed = 0;
    return {
        attempted: (user, kind, number, response, tookMs) => log.debug(() => fill(LINES.attempted, {
            user,
            kind,
            number,
            response: responseText(response),
            took: Math.round(tookMs),
        })),
        retrying: (user, attempt, response, waitMs) => {
            listed += 1;
            if (listed > MAX_LISTED_RETRIES)
                return;
            const wait = duration(waitMs);
            const values = { user, response: responseText(response), wait, attempt };
            log.info(fill(LINES.retrying, { ...values, attempts: retries + 1 }));
            if (listed === MAX_LISTED_RETRIES)
                log.info(LINES.noMoreRetries);
        },
    };
}
/** Warns of what is odd about one user's end. */
function announceUser(result, settings, log) {
    if ('profile' in result)
        warnOfProfile(result, result.profile, log);
    else if (settings.ignoreNotFound)
        warnOfBareNotFound(result, log);
}
/** What nothing else may have: the outputs hold only so many users. */
function announceLostLine({ userId: user, outcome }, input, log) {
    if (outcome !== 'skipped')
        log.info(fill(LINES.lineLost, { user, outcome, input }));
}
function warnOfProfile({ userId: user, outcome }, { hasUsername, userId: other }, log) {
    if (outcome === 'removed' && hasUsername) {
        log.annotate('warning', filled(NOTES.stillShown, { user }));
    }
    if (other !== user)
        log.annotate('warning', filled(NOTES.otherUser, { user, other }));
}
/** Any web server answers 404: without problem details it may be that of a wrong domain. */
function warnOfBareNotFound({ userId: user, outcome, cause }, log) {
    if (outcome !== 'not-found')
        return;
    if (cause.kind === 'error' && cause.reason.kind === 'problem')
        return;
    log.annotate('warning', filled(NOTES.bareNotFound, { user }));
}
/** The first failures by name, how many more there are, and why the step stopped. */
function announceFailures(tally, settings, stopReason, log) {
    const named = tally.failures
        .flatMap((failure) => {
        const { outcome } = failure;
        if (outcome === 'skipped')
            return [];
        const isNotRead = settings.dryRun && outcome === 'failed';
        const title = isNotRead ? NOT_READ_TITLE : NOT_DONE_TITLES[outcome];
        return [{ title, text: notDoneText(failure, settings) }];
    })
        .slice(0, MAX_NAMED_FAILURES);
    for (const message of named)
        log.annotate('error', message);
    const skipped = tally.count('skipped');
    const more = tally.failed - skipped - named.length;
    if (more > 0) {
        log.annotate('error', filled(NOTES.moreFailures, { count: count(more, 'more user') }));
    }
    const stop = stopMessage(stopReason, skipped);
    if (stop !== undefined)
        log.annotate('error', stop);
    const missing = tally.count('not-found');
    if (settings.ignoreNotFound && tally.users > 1 && missing === tally.users) {
        log.annotate('warning', filled(NOTES.nobodyFound, { count: missing }));
    }
}
/** @returns the last line of the log: what the step came to */
function resultLine(tally, settings, result, elapsedMs) {
    if (tally.users === 0)
        return LINES.nothingDone;
    if (tally.users === 1 && result !== undefined) {
        return fill(oneResult(tally, settings, result), { user: result.userId });
    }
    const { users, failed } = tally;
    return resultsText(tally.counts, { users, failed, dryRun: settings.dryRun, elapsedMs });
}
function oneResult(tally, { dryRun }, result) {
    const { outcome } = result;
    if (outcome === 'removed' && result.confirmedByRead)
        return CONFIRMED_RESULT;
    if (outcome === 'not-found' && !tally.isFailure(result))
        return IGNORED_RESULT;
    if (outcome === 'failed' && dryRun)
        return NOT_READ_RESULT;
    return RESULTS[outcome];
}
/** One line on how far the work is. @param elapsedMs since it began */
function progressLine({ ended, users, failed }, elapsedMs) {
    const perSecond = elapsedMs > 0 ? ended / (elapsedMs / 1000) : 0;
    const leftMs = (1000 * (users - ended)) / perSecond;
    return fill(LINES.progress, {
        ended,
        users,
        // Those that have not ended count as failed until then.
        failed: failed - (users - ended),
        perSecond: Math.round(perSecond * 10) / 10,
        left: perSecond > 0 ? fill(LINES.timeLeft, { left: duration(leftMs) }) : '',
    });
}
/**
 * Calls back now and then: often at first, more seldom the longer it takes, so that hours of work do
 * not fill the log. Does not keep the process alive.
 *
 * @param now ms
 * @param tick gets the ms since the start
 * @returns a function that ends it
 */
function startTicker(now, tick) {
    const startedAt = now();
    let timer;
    const next = () => {
        const waitMs = (now() - startedAt) * PART_OF_AGE;
        timer = setTimeout(() => {
            tick(now() - startedAt);
            next();
        }, Math.min(MAX_INTERVAL_MS, Math.max(MIN_INTERVAL_MS, waitMs))).unref();
    };
    next();
    return () => clearTimeout(timer);
}
function filled({ title, text }, values) {
    return { title, text: fill(text, values) };
}

;// CONCATENATED MODULE: ./build/src/report/sanitize.js
const REDACTED = '***';
/** Shorter pieces of base64 are found by chance. */
const SHORTEST_BASE64 = 8;
/** Most texts: nothing in them has to be replaced. */
const PRINTABLE_ASCII = /^[ -~]*$/u;
/** All white space but spaces (and the BOM, which JavaScript counts among it). */
const LINE_BREAKS = String.raw `(?:[^\S\p{Zs}\uFEFF]|\u0085)+`;
/**
 * Characters that are not seen, or that turn the direction of text around. The runner compares text
 * as people read it, so it might find a command in `##[` with one of them inside.
 */
const UNSEEN = String.raw `[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]`;
const ENTITIES = new Map([
    ['&', '&amp;'],
    ['<', '&lt;'],
    ['>', '&gt;'],
    ['"', '&quot;'],
    ["'", '&#39;'],
]);
/** @param apiKey undefined as long as no key is known: then there is none to replace */
function createSanitizer(apiKey) {
    const forms = apiKey === undefined ? [] : formsOf(apiKey.reveal());
    const redact = (text) => forms.reduce((rest, form) => rest.replaceAll(form, REDACTED), text);
    // Made on first use: Node takes 1 ms to look up such classes of characters, for literals at each start.
    let patterns;
    const withoutUnseen = (text) => {
        patterns ??= { lineBreaks: new RegExp(LINE_BREAKS, 'gu'), unseen: new RegExp(UNSEEN, 'gu') };
        const { lineBreaks, unseen } = patterns;
        return text.toWellFormed().replaceAll(lineBreaks, ' ').replaceAll(unseen, '');
    };
    const toLine = (text, maxLength = Infinity) => {
        const plain = PRINTABLE_ASCII.test(text) ? text : withoutUnseen(text);
        // The key last but one: removing characters could have put it together.
        return cut(neutralize(redact(plain)).trim(), maxLength);
    };
    return {
        redact,
        toLine,
        toHtml: (text, maxLength) => escapeHtml(toLine(text, maxLength)),
    };
}
function cut(text, maxLength) {
    return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1).toWellFormed()}…`;
}
/**
 * The runner takes `::` at the start of a line and `##[` anywhere in one for a command (the runner's
 * ActionCommand.cs): neither is left anywhere.
 */
function neutralize(text) {
    return text.replaceAll(/:(?=:)/gu, ': ').replaceAll('##[', '## [');
}
function escapeHtml(text) {
    return text.replaceAll(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? character);
}
/**
 * The forms in which an API could echo the key: as it is, escaped in JSON, in a URL or in HTML, in
 * base64 and in hexadecimal. They are literal texts, so finding them takes linear time. Longest first:
 * an escaped form is found before a shorter one inside it, and JSON stays JSON.
 */
function formsOf(key) {
    const hex = Buffer.from(key).toString('hex');
    const forms = new Set([
        key,
        // The unreserved characters (RFC 3986 §2.3) are escaped nowhere.
        ...(/^[\w.~-]+$/u.test(key) ? [] : escapedForms(key)),
        ...base64Forms(key),
        ...(hex.length < SHORTEST_BASE64 ? [] : [hex, hex.toUpperCase()]),
    ]);
    return [...forms].toSorted((one, other) => other.length - one.length);
}
function escapedForms(key) {
    const texts = [key, ...htmlForms(key)];
    return [...texts, ...texts.flatMap((text) => jsonForms(text)), ...urlForms(key)];
}
/** As the serializers of JavaScript, PHP, Go and .NET write it, also as JSON inside JSON. */
function jsonForms(text) {
    const plain = jsonEscape(text);
    const go = plain.replaceAll(/[<>&]/gu, unicodeEscape);
    const dotnet = text.replaceAll('\\', '\\\\').replaceAll(/["'<>&+`]/gu, unicodeEscape);
    const lowerCase = [plain, plain.replaceAll('/', String.raw `\/`), go, dotnet];
    const upperCase = lowerCase.map((form) => form.replaceAll(/\\u00[\da-f]{2}/gu, upperCaseHex));
    const forms = [...lowerCase, ...upperCase];
    return [...forms, ...forms.map((form) => jsonEscape(form))];
}
function jsonEscape(text) {
    return JSON.stringify(text).slice(1, -1);
}
function unicodeEscape(character) {
    return String.raw `\u00` + hexOf(character);
}
function upperCaseHex(escape) {
    return String.raw `\u` + escape.slice(2).toUpperCase();
}
/** As common libraries escape it; they differ in the quotes, and .NET escapes the plus sign. */
function htmlForms(text) {
    const base = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
    const tables = [
        base,
        { ...base, '"': '&quot;', "'": '&#39;' },
        { ...base, '"': '&quot;', "'": '&apos;' },
        { ...base, '"': '&quot;', "'": '&#039;' },
        { ...base, '"': '&quot;', "'": '&#x27;' },
        { ...base, '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '/': '&#x2F;' },
        { ...base, '"': '&#34;', "'": '&#39;' },
        { ...base, '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '+': '&#x2B;' },
    ];
    return tables.map((table) => text.replaceAll(/[&<>"'`/+]/gu, (character) => table[character] ?? character));
}
/** As `encodeURI`, `encodeURIComponent` and .NET's `Uri.EscapeDataString` write it. */
function urlForms(text) {
    const component = encodeURIComponent(text);
    const strict = component.replaceAll(/[!'()*]/gu, (character) => `%${hexOf(character).toUpperCase()}`);
    const forms = [encodeURI(text), component, strict];
    const lowerCase = forms.map((form) => form.replaceAll(/%[\dA-F]{2}/gu, (escape) => escape.toLowerCase()));
    return [...forms, ...lowerCase, encodeURIComponent(component)];
}
function hexOf(character) {
    return (character.codePointAt(0) ?? 0).toString(16).padStart(2, '0');
}
/** The key in base64: at each of the places that it can have in a group of three bytes. */
function base64Forms(key) {
    return [0, 1, 2].flatMap((offset) => {
        const form = base64At(offset, key);
        const urlSafe = form.replaceAll('+', '-').replaceAll('/', '_');
        return form.length < SHORTEST_BASE64 ? [] : [form, urlSafe];
    });
}
/** Those characters of a base64 text that depend on the key alone, `offset` bytes into a group. */
function base64At(offset, key) {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(key)]);
    const firstWhole = Math.ceil((offset * 8) / 6);
    const lastWhole = Math.floor((bytes.length * 8) / 6);
    return bytes.toString('base64').slice(firstWhole, lastWhole);
}

;// CONCATENATED MODULE: ./build/src/report/log.js





/** The runner keeps this many annotations of a kind and step, and drops the rest silently. */
const MAX_ANNOTATIONS = 10;
/** UTF-16 units; the runner's limit is 4,096. */
const MAX_MESSAGE_LENGTH = 4000;
const ANNOTATE = { error: core_error, warning: warning, notice: notice };
/**
 * Has the runner mask the key, before anything that could show it is printed.
 *
 * @param raw the input as it came: a key that turns out to be unusable is a secret, too
 */
function maskApiKey(raw) {
    for (const line of raw.split(/[\r\n]+/u))
        if (line.trim() !== '')
            setSecret(line.trim());
}
/** @returns what keeps the key out of everything that the runner does not mask */
function sanitizerFor(raw) {
    const apiKey = ApiKey.check(raw);
    return createSanitizer(apiKey instanceof ApiKey ? apiKey : undefined);
}
function createStepLog({ toLine }) {
    const counts = { error: 0, warning: 0, notice: 0 };
    /** The tenth of each kind: whether there is room for it is known only at the end. */
    const held = new Map();
    return {
        info: (text) => info(toLine(text)),
        debug: (text) => {
            // `core.debug` would print it in any case, for the runner to drop.
            if (isDebug())
                debug(toLine(text()));
        },
        annotate: (kind, { title, text }) => {
            counts[kind] += 1;
            const show = () => ANNOTATE[kind](toLine(text, MAX_MESSAGE_LENGTH), { title });
            if (counts[kind] < MAX_ANNOTATIONS)
                show();
            else if (counts[kind] === MAX_ANNOTATIONS)
                held.set(kind, show);
        },
        flush: () => {
            for (const kind of ['error', 'warning', 'notice']) {
                const more = counts[kind] - MAX_ANNOTATIONS + 1;
                if (more > 1) {
                    const { title, text } = NOTES.moreMessages;
                    ANNOTATE[kind](fill(text, { count: more }), { title });
                }
                else {
                    held.get(kind)?.();
                }
                held.delete(kind);
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/src/report/outputs.js




/** bytes: a next step cannot take much more than this through its environment (100 KiB). */
const MAX_OUTPUT_BYTES = 102_400;
/** UTF-16 units of a title or detail that stands in for a problem too large for an output. */
const MAX_TEXT_LENGTH = 1000;
/** The outputs of a step that got as far as its users. */
function outputsOf(content, sanitizer, log) {
    const { userIds, tally, profile, problem } = content;
    const [failure] = tally.failures;
    const fallback = problem === undefined ? '' : madeProblemJson(problem, sanitizer);
    const redactedIds = userIds.map((userId) => sanitizer.redact(userId));
    return {
        profile: fittingProfile(sanitizer.redact(profile ?? ''), log),
        status: statusOf(tally),
        problem: failure === undefined ? fallback : problemJson(failure, sanitizer),
        results: fittingResults(redactedIds, tally, log),
        'removed-count': String(tally.count('removed')),
        // A failed step never says 0: a next step may ask for that alone.
        'failed-count': tally.failed === 0 && problem !== undefined ? '' : String(tally.failed),
    };
}
/** The outputs of a step that ended before it could know what became of its users. */
function outputsWithoutUsers(title, detail) {
    return {
        profile: '',
        status: '',
        problem: JSON.stringify({ title, detail }),
        results: '[]',
        'removed-count': '0',
        'failed-count': '',
        'report-file': '',
    };
}
/** The outputs of a step in which an error got in the way of better ones: the counts are true. */
function outputsOfCounts(tally, title, detail) {
    return {
        profile: '',
        status: '',
        problem: JSON.stringify({ title, detail }),
        results: '',
        'removed-count': String(tally.count('removed')),
        'failed-count': tally.failed === 0 ? '' : String(tally.failed),
    };
}
/** @returns whether the runner's file took them all */
function setOutputs(outputs) {
    const file = process.env['GITHUB_OUTPUT'] ?? '';
    // Without its file, `core.setOutput` would print them to the log, the profile among them.
    if (file === '')
        return false;
    try {
        if (!isRegularFile(file))
            return false;
        for (const [name, value] of Object.entries(outputs))
            setOutput(name, value);
        return true;
    }
    catch {
        return false;
    }
}
/**
 * @returns whether one of the runner's files is a regular file. Opening a pipe that nobody reads would
 *   wait for ever.
 */
function isRegularFile(file) {
    try {
        return (0,external_node_fs_namespaceObject.statSync)(file).isFile();
    }
    catch {
        return false;
    }
}
/**
 * Problem details as JSON without the key: what was sent, or, where nothing was or that is too large
 * for an output, an object of what is known (`title`, `detail`, `status`).
 */
function problemJson({ cause, status }, sanitizer) {
    const problem = cause.kind === 'error' && cause.reason.kind === 'problem' ? cause.reason.problem : undefined;
    const asSent = problem === undefined ? undefined : sanitizer.redact(problem.sent);
    if (asSent !== undefined && Buffer.byteLength(asSent) <= MAX_OUTPUT_BYTES)
        return asSent;
    const made = madeProblem(cause);
    const known = { title: problem?.title ?? made.title, detail: problem?.detail ?? made.detail };
    return madeProblemJson(known, sanitizer, status);
}
function madeProblemJson({ title, detail }, { toLine }, status) {
    return JSON.stringify({
        title: toLine(title, MAX_TEXT_LENGTH),
        detail: toLine(detail, MAX_TEXT_LENGTH),
        ...(typeof status === 'number' && { status }),
    });
}
function statusOf(tally) {
    const [failure] = tally.failures;
    if (failure !== undefined)
        return String(failure.status ?? '');
    if (tally.users === 1)
        return String(tally.entries[0]?.status ?? '');
    return tally.users > 1 && tally.failed === 0 ? '200' : '';
}
function fittingProfile(profile, log) {
    if (Buffer.byteLength(profile) <= MAX_OUTPUT_BYTES)
        return profile;
    log.annotate('warning', NOTES.profileTooLarge);
    return '';
}
function fittingResults(userIds, tally, log) {
    const parts = [];
    let bytes = '[]'.length - ','.length;
    for (const [index, userId] of userIds.entries()) {
        const part = JSON.stringify({ user_id: userId, ...tally.entries[index] });
        bytes += Buffer.byteLength(part) + ','.length;
        if (bytes > MAX_OUTPUT_BYTES) {
            log.annotate('notice', NOTES.resultsTooLarge);
            return '';
        }
        parts.push(part);
    }
    return `[${parts.join(',')}]`;
}

;// CONCATENATED MODULE: ./build/src/report/refused-step.js







/** Reports an error that ended the step before its users: one annotation, and every output. */
function publishRefusal(error, { sanitizer, log }) {
    const message = messageOf(error);
    log.annotate('error', message);
    log.flush();
    setOutputs(outputsWithoutUsers(message.title, sanitizer.toLine(message.text)));
}
/**
 * Refuses a Node that is too old, with nothing that it might not know: the sanitizer for one needs
 * Node 20, and there is nothing from outside to sanitize.
 *
 * @param version as in `20.19.0`
 */
function refuseOldNode(version) {
    const { title, text } = refusalMessage({ kind: 'old-node', version });
    core_error(text, { title });
    setOutputs(outputsWithoutUsers(title, text));
}
/** @returns what is said of an error that nobody expected; its own text may quote anything */
function internalErrorMessage(error) {
    return { title: STOPS['internal-error'].title, text: internalErrorText(errorName(error)) };
}
function messageOf(error) {
    if (error instanceof Refusal)
        return refusalMessage(error.reason);
    return internalErrorMessage(error);
}
/** What the annotation of a refused step says: what was wrong, where, and what to do. */
function refusalMessage(reason) {
    const { title, text } = REFUSALS[reason.kind];
    return { title, text: joined([fill(text, valuesOf(reason)), NOTHING_SENT]) };
}
function valuesOf(reason) {
    switch (reason.kind) {
        case 'input':
            return { input: reason.input, ...faultText(reason.fault) };
        case 'no-output-file':
            return { problem: fill(OUTPUT_FILE_FAULTS[reason.problem], { code: reason.code ?? '' }) };
        case 'old-node':
            return { version: reason.version };
        case 'certificates-not-checked':
        case 'unusable-proxy':
            return {};
    }
}
function faultText(fault) {
    switch (fault.kind) {
        case 'value': {
            const expected = expectedText(fault.expected);
            if (fault.text === '')
                return refused_step_filled(VALUE_FAULTS.empty, { expected });
            return refused_step_filled(VALUE_FAULTS.value, { value: quoted(fault.text), expected });
        }
        case 'api-key': {
            const kind = fault.fault === 'empty' ? 'no-api-key' : 'api-key';
            return refused_step_filled(VALUE_FAULTS[kind], { fault: API_KEY_FAULTS[fault.fault] });
        }
        case 'domain': {
            const wrong = DOMAIN_FAULTS[fault.fault];
            const value = fault.text === '' ? wrong : `${wrong}: ${quoted(fault.text)}`;
            return refused_step_filled(VALUE_FAULTS.domain, { fault: value });
        }
        case 'shard':
            return refused_step_filled(VALUE_FAULTS.shard, { value: quoted(fault.text) });
        case 'too-many-users':
            return refused_step_filled(VALUE_FAULTS[fault.kind], { users: fault.users, maxUsers: fault.maxUsers });
        case 'user-id':
            return userIdText(fault.fault, placeText(fault.place), quoted(fault.text));
        case 'not-a-user':
            return refused_step_filled(LIST_FAULTS[fault.kind], { place: placeText(fault.place) });
        case 'both-lists':
        case 'no-user':
        case 'broken-array':
        case 'not-a-list':
            return refused_step_filled(LIST_FAULTS[fault.kind], {});
        case 'broken-line':
        case 'report-without-end':
        case 'report-without-run':
        case 'report-lacks-users':
        case 'not-a-record':
            return refused_step_filled(LIST_FAULTS[fault.kind], { line: fault.line });
        case 'report-of-other-domain':
            return refused_step_filled(LIST_FAULTS[fault.kind], { line: fault.line, domain: quoted(fault.domain) });
        case 'same-file':
            return refused_step_filled(FILE_FAULTS[fault.kind], { other: fault.other });
        case 'unreadable':
        case 'unwritable':
        case 'not-private':
            return refused_step_filled(FILE_FAULTS[fault.kind], { code: fault.code, path: quoted(fault.path) });
        case 'not-regular':
        case 'file-too-large':
        case 'not-utf-8':
            return refused_step_filled(FILE_FAULTS[fault.kind], { path: quoted(fault.path) });
    }
}
function refused_step_filled({ wrong, right }, values) {
    return { wrong: fill(wrong, values), right: fill(right, values) };
}
function expectedText(expected) {
    if (expected.kind === 'one-of')
        return expected.choices.map((one) => `\`${one}\``).join(' or ');
    const { lowest, highest, unit } = expected;
    const range = highest === undefined ? `${lowest} up` : `${lowest} to ${highest}`;
    return `a whole number from ${range}${unit === undefined ? '' : ` (${unit})`}`;
}
function userIdText(fault, place, value) {
    const character = fault.kind === 'character' ? characterText(fault.character) : undefined;
    const length = fault.kind === 'too-long' ? fault.length : 0;
    const max = MAX_USER_ID_LENGTH;
    const values = { place, value, length, max, character: character?.shown ?? '' };
    const hint = fault.kind === 'placeholder' ? CHARACTER_HINTS.placeholder : CHARACTER_HINTS.other;
    return { wrong: fill(USER_ID_FAULTS[fault.kind], values), right: character?.hint ?? hint };
}
/** As text: Node takes 1 ms to look up such classes of characters, for literals at each start. */
const SEEN = String.raw `[\p{L}\p{N}\p{P}\p{S}]`;
function characterText(character) {
    if (/["'`]/u.test(character))
        return { shown: `a ${character}`, hint: CHARACTER_HINTS.quote };
    if (character === ',')
        return { shown: 'a comma', hint: CHARACTER_HINTS.separator };
    if (character === ' ')
        return { shown: 'a space', hint: CHARACTER_HINTS.separator };
    if (character === '@')
        return { shown: 'an @', hint: CHARACTER_HINTS.at };
    if (new RegExp(SEEN, 'u').test(character)) {
        return { shown: `a ${character}`, hint: CHARACTER_HINTS.other };
    }
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return { shown: `the character U+${code}`, hint: CHARACTER_HINTS.unseen };
}
function placeText({ unit, number }) {
    return `${unit} ${number}`;
}
/** What arrived, where it is short: a part of it could be a part of the key, which nothing finds. */
function quoted(text) {
    return text.length > 200 ? `a text of ${text.length} characters` : `\`${text}\``;
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = require("node:os");
;// CONCATENATED MODULE: ./build/src/report/records.js



/**
 * The report is JSON Lines: a `run` record, a `user` record as each user ends, and an `end` record.
 * It is made to be kept as evidence, so no profile is in it. All times are ms since the epoch.
 */
function runRecord({ domain, dryRun, userIds, shard }, time) {
    return JSON.stringify({
        type: 'run',
        version: VERSION,
        domain: domain.shown,
        dry_run: dryRun,
        users: userIds.length,
        shard: shard === undefined ? undefined : `${shard.index}/${shard.count}`,
        time: isoTime(time),
        run_url: runUrl(),
        actor: variable('GITHUB_ACTOR'),
    });
}
function userRecord(result, time, sanitizer) {
    const { userId, outcome, status, attempts } = result;
    const record = JSON.stringify({
        type: 'user',
        user_id: sanitizer.redact(userId),
        outcome,
        status,
        attempts,
        time: isoTime(time),
        ...(outcome === 'removed' && result.confirmedByRead && { confirmed_by_read: true }),
    });
    if (!isNotDone(result))
        return record;
    // Put in as text: what the API sent stays as it was sent, big integers too.
    return `${record.slice(0, -1)},"problem":${onOneLine(problemJson(result, sanitizer))}}`;
}
function endRecord({ counts }, stopReason, time) {
    return JSON.stringify({
        type: 'end',
        time: isoTime(time),
        outcomes: counts,
        stopped: stopReason,
    });
}
/** JSON on one line: a line break in JSON can only stand between tokens, never in a string. */
function onOneLine(json) {
    return json.replaceAll(/[\r\n]+/gu, ' ');
}
/** The page of this run, where the environment names one. */
function runUrl() {
    const server = variable('GITHUB_SERVER_URL');
    const repository = variable('GITHUB_REPOSITORY');
    const run = variable('GITHUB_RUN_ID');
    if (server === undefined || repository === undefined || run === undefined)
        return undefined;
    return `${server}/${repository}/actions/runs/${run}`;
}
/** @returns a variable of the environment; undefined where it is empty */
function variable(name) {
    const value = process.env[name] ?? '';
    return value === '' ? undefined : value;
}
function isoTime(time) {
    return new Date(time).toISOString();
}

;// CONCATENATED MODULE: ./build/src/report/report-file.js



/**
 * Opens the files of a step empty, for their owner only. What was in them is lost only after
 * everything was checked: each is a regular file of its own, by identity and not by name.
 *
 * @param readFile the file that the list was read from: it may not be written
 * @throws Refusal where one cannot be used; then no file has changed
 */
function openLineFiles(requests, readFile) {
    const files = [];
    try {
        for (const request of requests)
            files.push(openUnchanged(request));
        refuseSameFiles(files, readFile);
        // The profiles first: only they can be refused for it.
        for (const file of files.toReversed())
            restrictToOwner(file);
        for (const file of files)
            requireSpace(file);
        for (const { descriptor } of files)
            (0,external_node_fs_namespaceObject.ftruncateSync)(descriptor);
        return files.map((file) => beginFile(file));
    }
    catch (error) {
        for (const file of files)
            undo(file);
        throw error;
    }
}
function lineFile({ input, path, descriptor }) {
    let size = 0;
    let isLineCutOff = false;
    return {
        input,
        path,
        append: (line) => {
            const bytes = Buffer.from(`${isLineCutOff ? '\n' : ''}${line}\n`);
            try {
                (0,external_node_fs_namespaceObject.appendFileSync)(descriptor, bytes);
                size += bytes.length;
                isLineCutOff = false;
            }
            catch (error) {
                // A disk that is nearly full takes a part of a line.
                const sizeNow = (0,external_node_fs_namespaceObject.fstatSync)(descriptor).size;
                isLineCutOff ||= sizeNow > size;
                size = sizeNow;
                throw error;
            }
        },
        close: () => {
            try {
                (0,external_node_fs_namespaceObject.closeSync)(descriptor);
                return undefined;
            }
            catch (error) {
                return fileErrorCode(error);
            }
        },
    };
}
function openUnchanged(request) {
    const { input, path } = request;
    let newFolder;
    try {
        // Before it is opened: opening a pipe that nobody reads would wait for ever.
        const stats = (0,external_node_fs_namespaceObject.statSync)(path, { throwIfNoEntry: false });
        if (stats !== undefined && !stats.isFile())
            throw inputRefusal(input, { kind: 'not-regular', path });
        newFolder = (0,external_node_fs_namespaceObject.mkdirSync)((0,external_node_path_namespaceObject.dirname)(path), { recursive: true });
        const { O_WRONLY, O_CREAT, O_APPEND } = external_node_fs_namespaceObject.constants;
        const descriptor = (0,external_node_fs_namespaceObject.openSync)(path, O_WRONLY | O_CREAT | O_APPEND, 0o600);
        const file = { ...request, descriptor, isNew: stats === undefined, newFolder };
        if ((0,external_node_fs_namespaceObject.fstatSync)(descriptor).isFile())
            return file;
        undo(file);
        throw inputRefusal(input, { kind: 'not-regular', path });
    }
    catch (error) {
        if (error instanceof Refusal)
            throw error;
        removeFolders(path, newFolder);
        throw inputRefusal(input, { kind: 'unwritable', path, code: fileErrorCode(error) });
    }
}
/** Links and, on some systems, letter case give one file several names. */
function refuseSameFiles(files, readFile) {
    const names = new Map();
    if (readFile !== undefined && (0,external_node_fs_namespaceObject.existsSync)(readFile)) {
        names.set(identity((0,external_node_fs_namespaceObject.statSync)(readFile, { bigint: true })), 'user-id-file');
    }
    for (const { input, descriptor } of files) {
        const id = identity((0,external_node_fs_namespaceObject.fstatSync)(descriptor, { bigint: true }));
        const other = names.get(id);
        if (other !== undefined)
            throw inputRefusal(input, { kind: 'same-file', other });
        names.set(id, input);
    }
}
function identity({ dev, ino }) {
    return `${dev}:${ino}`;
}
/** A file that was there already keeps its mode, and it may have another owner. */
function restrictToOwner({ input, path, descriptor }) {
    try {
        (0,external_node_fs_namespaceObject.fchmodSync)(descriptor, 0o600);
    }
    catch (error) {
        // The report is made to be shown; profiles are personal data.
        if (input === 'report-file')
            return;
        throw inputRefusal(input, { kind: 'not-private', path, code: fileErrorCode(error) });
    }
}
/** A disk can be full: tries the first line behind what is in the file, and takes it away again. */
function requireSpace(file) {
    const { firstLine, descriptor } = file;
    const { size } = (0,external_node_fs_namespaceObject.fstatSync)(descriptor);
    if (firstLine === undefined || size === 0)
        return;
    try {
        appendOrRefuse(file, () => (0,external_node_fs_namespaceObject.appendFileSync)(descriptor, `${firstLine}\n`));
    }
    finally {
        (0,external_node_fs_namespaceObject.ftruncateSync)(descriptor, size);
    }
}
function beginFile(file) {
    const opened = lineFile(file);
    const { firstLine } = file;
    if (firstLine !== undefined)
        appendOrRefuse(file, () => opened.append(firstLine));
    return opened;
}
function appendOrRefuse({ input, path }, append) {
    try {
        append();
    }
    catch (error) {
        throw inputRefusal(input, { kind: 'unwritable', path, code: fileErrorCode(error) });
    }
}
function undo({ path, descriptor, isNew, newFolder }) {
    (0,external_node_fs_namespaceObject.closeSync)(descriptor);
    // Not the path itself: it can be a link whose target did not exist.
    if (isNew)
        (0,external_node_fs_namespaceObject.unlinkSync)((0,external_node_fs_namespaceObject.realpathSync)(path));
    removeFolders(path, newFolder);
}
/** Removes the folders that were made for a file, as far as they are empty. */
function removeFolders(path, newFolder) {
    if (newFolder === undefined)
        return;
    try {
        for (let folder = (0,external_node_path_namespaceObject.dirname)(path); folder.length >= newFolder.length; folder = (0,external_node_path_namespaceObject.dirname)(folder)) {
            (0,external_node_fs_namespaceObject.rmdirSync)(folder);
        }
    }
    catch {
        // Somebody else uses it by now.
    }
}

;// CONCATENATED MODULE: ./build/src/report/summary.js






/** UTF-16 units of one text from outside; 50 rows of it stay far below the runner's 1 MiB. */
const MAX_CELL_LENGTH = 600;
/**
 * Writes the job summary: the counts, and the first users that are not done, or that would lose their
 * username. Only ids, outcomes, statuses, titles and codes: a `detail` may hold personal data. The
 * summary is for reading only: where it has no place, the step goes on.
 */
async function writeSummary({ tally, settings, stopReason }, { toHtml }, log) {
    const code = (text) => `<code>${toHtml(text, MAX_CELL_LENGTH)}</code>`;
    const { dryRun, domain, shard } = settings;
    const wanted = tally.count(dryRun ? 'would-remove' : 'removed');
    const heading = dryRun ? SUMMARY.previewed : SUMMARY.removed;
    const { /* summary */ "z": summary } = core_namespaceObject;
    summary.addHeading(fill(heading, { count: wanted, users: count(tally.users, 'user') }), 2);
    const paragraph = (text) => summary.addRaw(`<p>${text}</p>`, true);
    paragraph(fill(SUMMARY.tenant, { domain: code(domain.shown) }));
    if (shard !== undefined) {
        paragraph(fill(SUMMARY.shard, { shard: `${shard.index}/${shard.count}` }));
    }
    const stop = stopMessage(stopReason, tally.count('skipped'));
    if (stop !== undefined)
        paragraph(withCode(stop.text));
    addTable(SUMMARY.outcomes, outcomeRows(tally));
    if (tally.failures.length > 0) {
        summary.addHeading(SUMMARY.notDone, 3);
        addTable(SUMMARY.failures, tally.failures.map((failure) => failureRow(failure, code)));
        addMore(tally.failed - tally.failures.length);
    }
    if (tally.planned.length > 0) {
        summary.addHeading(SUMMARY.planned, 3);
        addTable(SUMMARY.users, tally.planned.map(({ userId }) => [code(userId)]));
        addMore(tally.count('would-remove') - tally.planned.length);
    }
    const hasPlace = isRegularFile(process.env['GITHUB_STEP_SUMMARY'] ?? '');
    const isWritten = hasPlace &&
        (await summary.write().then(() => true, () => false));
    if (!isWritten)
        log.annotate('warning', NOTES.noSummary);
}
function outcomeRows(tally) {
    return OUTCOMES.filter((outcome) => tally.count(outcome) > 0).map((outcome) => [
        OUTCOME_LABELS[outcome],
        String(tally.count(outcome)),
    ]);
}
function failureRow({ userId, outcome, status, cause }, code) {
    const withoutStatus = outcome === 'skipped' ? SUMMARY.neverSent : SUMMARY.noResponse;
    const title = titleWithCodes(cause);
    return [
        code(userId),
        OUTCOME_LABELS[outcome],
        status === null ? withoutStatus : statusText(status),
        title === '' ? SUMMARY.noText : code(title),
    ];
}
function addTable(header, rows) {
    const head = header.map((data) => ({ data, header: true }));
    summary.addTable([head, ...rows.map((cells) => [...cells])]);
}
function addMore(number) {
    if (number <= 0)
        return;
    const text = fill(SUMMARY.more, { users: count(number, 'more user') });
    summary.addRaw(`<p>${text}</p>`, true);
}
/** Backticks mean nothing in HTML. */
function withCode(text) {
    return text.replaceAll(/`(?<code>[^`]+)`/gu, '<code>$1</code>');
}

;// CONCATENATED MODULE: ./build/src/report/tally.js

/** At most this many users are kept for the summary. */
const MAX_LISTED = 50;
/** What a step has come to so far. It grows by a few numbers for each user, and no more. */
class Tally {
    #entries;
    #ignoreNotFound;
    /** Most users come to the same: what is equal is kept once. */
    #distinct = new Map();
    #counts = new Map();
    #failures = [];
    #planned = [];
    #failed = 0;
    #ended = 0;
    constructor({ userIds, ignoreNotFound }) {
        this.#entries = Array.from({ length: userIds.length });
        this.#ignoreNotFound = ignoreNotFound;
    }
    /** @param index the user's place in the order given */
    add(result, index) {
        const { userId, outcome, status, attempts } = result;
        const name = `${outcome} ${status} ${attempts}`;
        const entry = this.#distinct.get(name) ?? { outcome, status, attempts };
        this.#distinct.set(name, entry);
        this.#entries[index] = entry;
        this.#counts.set(outcome, this.count(outcome) + 1);
        this.#ended += 1;
        if (outcome === 'would-remove')
            this.#planned = withFirst(this.#planned, { userId, index });
        if (!this.isFailure(result))
            return;
        this.#failed += 1;
        this.#failures = withFirst(this.#failures, { ...result, index });
    }
    /** Whether the user counts as not done: one that does not exist may be ignored. */
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
        return this.#ended;
    }
    /** How many are not done, those that have not ended among them. */
    get failed() {
        return this.#failed + (this.users - this.#ended);
    }
    /** The first of those that are not done, in the order given: 50 at most. */
    get failures() {
        return this.#failures;
    }
    /** The first of those that would lose their username, in the order given: 50 at most. */
    get planned() {
        return this.#planned;
    }
    /** How many users came to each outcome, in the order of `OUTCOMES`; none is left out that occurs. */
    get counts() {
        return Object.fromEntries(OUTCOMES.filter((outcome) => this.count(outcome) > 0).map((outcome) => [
            outcome,
            this.count(outcome),
        ]));
    }
    count(outcome) {
        return this.#counts.get(outcome) ?? 0;
    }
}
/** The list with one more in its place, and no longer than what is listed. */
function withFirst(list, one) {
    const last = list[MAX_LISTED - 1];
    if (last !== undefined && last.index < one.index)
        return list;
    return [...list, one]
        .toSorted((first, second) => first.index - second.index)
        .slice(0, MAX_LISTED);
}

;// CONCATENATED MODULE: ./build/src/report/step-report.js














/**
 * Opens the files of the step, says where the report is, and what is about to happen.
 *
 * @throws Refusal where one of the files cannot be used
 */
function openStepReport(settings, dependencies) {
    const { sanitizer, log, now } = dependencies;
    const { userIds } = settings;
    const startedAt = now();
    const { reportFile, profilesFile } = openFiles(settings, startedAt);
    // As soon as it is there: after a kill, the next step can find it.
    setOutputs({ 'report-file': reportFile.path });
    announceStart(settings, reportFile.path, log);
    const tally = new Tally(settings);
    let onlyResult;
    const stopTicker = startTicker(now, (elapsedMs) => log.info(progressLine(tally, elapsedMs)));
    /** @returns whether the file took the line */
    const append = (file, line, result) => {
        try {
            file.append(line);
            return true;
        }
        catch (error) {
            announceLostLine(result, file.input, log);
            if (!isFileError(error))
                throw error;
            return false;
        }
    };
    const ended = (result, index) => {
        tally.add(result, index);
        if (userIds.length === 1)
            onlyResult = result;
        let isWritten = append(reportFile, userRecord(result, now(), sanitizer), result);
        if (profilesFile !== undefined && 'profile' in result) {
            const profile = onOneLine(sanitizer.redact(result.profile.text));
            isWritten = append(profilesFile, profile, result) && isWritten;
        }
        announceUser(result, settings, log);
        return isWritten ? undefined : 'report-lost';
    };
    /** The last record, and the files closed. @returns what went wrong with that */
    const finishFiles = (stopReason) => {
        let problem;
        for (const file of [reportFile, profilesFile]) {
            const last = file === reportFile ? endRecord(tally, stopReason, now()) : undefined;
            const code = file === undefined ? undefined : endAndClose(file, last);
            // Where lines were lost before, that has been said.
            if (file === undefined || code === undefined || stopReason === 'report-lost')
                continue;
            const text = fill(NOTES.notClosed.text, { input: file.input, code });
            log.annotate('error', { title: NOTES.notClosed.title, text });
            problem = { title: NOTES.notClosed.title, detail: text };
        }
        return problem;
    };
    const publish = async (stopReason) => {
        stopTicker();
        const elapsedMs = now() - startedAt;
        const stop = stopMessage(stopReason, tally.count('skipped'));
        const problem = finishFiles(stopReason) ?? (stop && { title: stop.title, detail: stop.text });
        announceFailures(tally, settings, stopReason, log);
        const profile = profileOf(onlyResult);
        const content = { userIds, tally, profile, problem };
        const isPassedOn = setOutputs(outputsOf(content, sanitizer, log));
        if (!isPassedOn)
            log.annotate('error', NOTES.noOutputs);
        await writeSummary({ tally, settings, stopReason }, sanitizer, log);
        log.flush();
        const isDone = tally.failed === 0;
        log.info(isDone && problem !== undefined
            ? fill(LINES.failedAlthoughDone, { title: problem.title })
            : resultLine(tally, settings, onlyResult, elapsedMs));
        return isDone && isPassedOn && problem === undefined;
    };
    return {
        ended: (result, index) => {
            try {
                return ended(result, index);
            }
            catch (error) {
                log.annotate('error', internalErrorMessage(error));
                return 'internal-error';
            }
        },
        publish: async (stopReason) => {
            try {
                return await publish(stopReason);
            }
            catch (error) {
                const { title, text } = internalErrorMessage(error);
                // Before anything else that could fail.
                setOutputs(outputsOfCounts(tally, title, text));
                log.annotate('error', { title, text });
                log.flush();
                return false;
            }
        },
    };
}
function openFiles(settings, time) {
    const { reportFile, profilesFile, userIdFile } = settings;
    const firstLine = runRecord(settings, time);
    const [report, profiles] = openLineFiles([
        { input: 'report-file', path: reportFile ?? ownReportFile(), firstLine },
        ...(profilesFile === undefined
            ? []
            : [{ input: 'profiles-file', path: profilesFile }]),
    ], userIdFile);
    if (report === undefined)
        throw new Error('The report was not opened.');
    return { reportFile: report, profilesFile: profiles };
}
/** In the folder that the runner empties after the job. */
function ownReportFile() {
    const name = `monocloud-remove-username-${(0,external_node_crypto_namespaceObject.randomUUID)()}.jsonl`;
    const temp = process.env['RUNNER_TEMP'] ?? '';
    return (0,external_node_path_namespaceObject.join)(temp === '' ? (0,external_node_os_namespaceObject.tmpdir)() : temp, name);
}
/** @returns the code of the error where the last line or the end of the file was lost */
function endAndClose(file, lastLine) {
    let code;
    try {
        if (lastLine !== undefined)
            file.append(lastLine);
    }
    catch (error) {
        code = fileErrorCode(error);
    }
    return file.close() ?? code;
}
function profileOf(result) {
    return result !== undefined && 'profile' in result ? result.profile.text : undefined;
}

;// CONCATENATED MODULE: ./build/src/runner.js


/** The version that keeps connections through a proxy; runner 2.328.0 brings it. */
const FIRST_NODE = { major: 24, minor: 5 };
/**
 * Other engines than GitHub's runner start an action with whatever Node they have. Uses nothing that
 * Node 16 does not know.
 *
 * @param version as in `24.5.0`
 */
function isSupportedNode(version) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major > FIRST_NODE.major || (major === FIRST_NODE.major && minor >= FIRST_NODE.minor);
}
/** @throws Refusal where the key would not be safe, or nobody would learn of the outcome */
function requireSafeRunner() {
    // Node accepts it silently, and the key would go to whoever answers.
    if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
        throw new Refusal({ kind: 'certificates-not-checked' });
    }
    const fault = outputFileFault(process.env['GITHUB_OUTPUT'] ?? '');
    if (fault !== undefined)
        throw new Refusal(fault);
}
function outputFileFault(file) {
    const kind = 'no-output-file';
    if (file === '')
        return { kind, problem: 'not-set' };
    try {
        if (!(0,external_node_fs_namespaceObject.statSync)(file).isFile())
            return { kind, problem: 'not-a-file' };
        (0,external_node_fs_namespaceObject.accessSync)(file, external_node_fs_namespaceObject.constants.W_OK);
        return undefined;
    }
    catch (error) {
        return { kind, problem: 'unwritable', code: fileErrorCode(error) };
    }
}

;// CONCATENATED MODULE: ./build/src/main.js









/**
 * The step: inputs → removals → what the workflow gets. Everything that can go wrong is in the log
 * and the outputs before it returns.
 *
 * @param cancelled aborted when the step is to end early; the reason is the `StopReason`
 * @returns whether every user is done, and the workflow can read so
 */
async function main(cancelled) {
    const sanitizer = sanitizerFor(rawApiKey());
    const dependencies = { sanitizer, log: createStepLog(sanitizer), now: systemClock.now };
    let step;
    try {
        step = openStep(cancelled, dependencies);
    }
    catch (error) {
        publishRefusal(error, dependencies);
        return false;
    }
    const { settings, api, report } = step;
    const stopReason = await processUsers(settings, {
        api,
        clock: systemClock,
        random: Math.random,
        cancelled,
        observer: createAttemptObserver(settings.retries, dependencies.log),
        ended: report.ended,
    });
    return report.publish(stopReason);
}
/** @throws Refusal where something is wrong; then nothing was sent, and no file has changed */
function openStep(cancelled, dependencies) {
    requireSafeRunner();
    const settings = readSettings();
    const api = connectUsersApi({ ...settings, cancelled, now: systemClock.now });
    return { settings, api, report: openStepReport(settings, dependencies) };
}

;// CONCATENATED MODULE: ./build/src/index.js







/** ms that what is left of connections may take to end by itself. */
const MAX_ENDING_MS = 1000;
// Success is earned: whatever ends the process early leaves a failed step.
process.exitCode = 1;
// Warnings for the developers of libraries are nothing that a user of the action could act on.
process.noDeprecation = true;
maskApiKey(rawApiKey());
if (isSupportedNode(process.versions.node))
    void runStep();
else
    refuseOldNode(process.versions.node);
/** Runs the step, and sees to it that it ends by itself, and that nothing ends it silently. */
async function runStep() {
    const cancelling = new AbortController();
    const step = { hasEnded: false, isBroken: false };
    const breakOff = (reason) => {
        step.isBroken = true;
        // The last line of the log can fail when the step is over.
        process.exitCode = 1;
        cancelling.abort(reason);
    };
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => cancelling.abort('cancelled'));
    }
    // Where nobody reads the log any more, the runner is gone: nothing more is removed unseen. As an
    // uncaught error it would be logged, which fails, and so come again, for ever.
    process.stdout.on('error', () => breakOff('log-closed'));
    process.on('uncaughtException', (error) => {
        breakOff('internal-error');
        const { title, text } = internalErrorMessage(error);
        core_error(text, { title });
    });
    process.on('exit', () => {
        if (step.hasEnded)
            return;
        process.exitCode = 1;
        core_error(NOTES.endedEarly.text, { title: NOTES.endedEarly.title });
    });
    const isDone = await main(cancelling.signal);
    step.hasEnded = true;
    if (isDone && !step.isBroken)
        process.exitCode = 0;
    // Nothing may hold up a step that is over: looking up a name, for one, cannot be ended. But
    // `process.exit` would cut off what is still on its way into a full pipe.
    setTimeout(() => process.stdout.write('', () => process.exit()), MAX_ENDING_MS).unref();
}

module.exports = __webpack_exports__;
/******/ })()
;
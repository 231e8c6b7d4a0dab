// Runs before a step on Windows. Node makes SIGINT of Ctrl+C and SIGBREAK of Ctrl+Break there, but
// has no way to press the keys of another process: the stand-in for the runner sends a message.
process.on('message', (signal) => {
  if (signal !== 'SIGINT' && signal !== 'SIGBREAK') return;
  if (!process.emit(signal, signal)) process.kill(process.pid, 'SIGKILL');
});
process.channel?.unref();

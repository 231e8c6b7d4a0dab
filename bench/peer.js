// The same removal as an action of a few lines: what `start-up` compares this action with.
import { getInput, setFailed, setOutput } from '@actions/core';
import { HttpClient } from '@actions/http-client';

async function run() {
  try {
    const domain = getInput('domain', { required: true });
    const apiKey = getInput('api-key', { required: true });
    const userId = encodeURIComponent(getInput('user-id', { required: true }));
    const client = new HttpClient('peer');
    const url = `${domain}/api/users/${userId}/username`;
    const response = await client.del(url, { 'X-API-Key': apiKey });
    setOutput('profile', await response.readBody());
    setOutput('status', response.message.statusCode);
    if (response.message.statusCode !== 200) setFailed('The username was not removed.');
  } catch (error) {
    setFailed(String(error));
  }
}

void run();

import { serverLimitTable } from '../../core/limits.ts'
import type { Command, Option } from '../command.ts'
import { recordingKinds } from '../enum-values.ts'

/** Options of every command that reads the configuration. */
export const configOptions: Record<string, Option> = {
  config: {
    value: 'FILE',
    description: 'Configuration file.',
    default: 'PARLEY_CONFIG, parley.config.yaml, or the environment variables of the accounts',
  },
}

export const configEnvironment: Command['environment'] = {
  PARLEY_CONFIG: 'Configuration file',
  HTTPS_PROXY: 'Proxy to the vendors, unless the configuration sets one',
  NO_PROXY: 'Hosts that Parley calls without the proxy',
}

/** Options of every command that sends requests to a server. */
export const serverOptions: Record<string, Option> = {
  url: { value: 'URL', description: 'URL of the API.', default: 'PARLEY_URL, or http://127.0.0.1:4000/graphql' },
  key: {
    value: 'KEY',
    description: 'API key. Prefer PARLEY_API_KEY: other users of this machine can see command-line arguments.',
    default: 'PARLEY_API_KEY',
  },
}

export const serverEnvironment: Command['environment'] = {
  PARLEY_URL: 'URL of the API',
  PARLEY_API_KEY: 'API key',
}

/** Number of items that a command prints without `--first` and `--all`. */
export const defaultFirst = String(serverLimitTable.pageSize.default)

/** Options of every command that prints a list. */
export const listOptions: Record<string, Option> = {
  first: { value: 'N', description: 'Number of items to print, 1 to 9,999,999.', default: defaultFirst },
  all: { description: 'Print all items, page after page. Cannot be combined with --first' },
  after: { value: 'CURSOR', description: 'Start after this cursor' },
}

/** Options that select sessions. */
export const sessionOptions: Record<string, Option> = {
  from: { value: 'TIME', description: 'Only sessions that began at this time or later, in RFC 3339 format' },
  before: {
    value: 'TIME',
    description: 'Only sessions that began before this time, in RFC 3339 format.',
    default: 'now',
  },
  account: { value: 'KEY', multiple: true, description: 'Only this account. Repeat the option for several accounts' },
  conference: { value: 'ID', description: 'Only sessions of this conference' },
}

/** Options that select recordings. */
export const recordingOptions: Record<string, Option> = {
  ...sessionOptions,
  kind: {
    value: 'KIND',
    values: recordingKinds,
    multiple: true,
    description: `Only this kind of file: ${recordingKinds.join(', ')}. Repeat the option for several kinds`,
  },
}

/** Options of every command that sends one mutation. */
export const mutationOptions: Record<string, Option> = {
  'idempotency-key': {
    value: 'KEY',
    description: 'Idempotency key. Makes it safe to run the command again.',
    default: 'a new key',
  },
}

/** Exit codes of every command that sends reads. */
export const readExitCodes: Command['exitCodes'] = {
  0: 'Success',
  1: 'The request was rejected, or the response contains errors',
  2: 'The command line or the URL is invalid, or a file cannot be read',
  4: 'The server or a vendor is unavailable. Run the command again later',
  130: 'Interrupted with Ctrl-C',
}

/** Exit codes of every command that sends mutations. */
export const mutationExitCodes: Command['exitCodes'] = {
  ...readExitCodes,
  3: 'The outcome of a mutation is pending or unknown, also after Ctrl-C. Run the printed command to get the outcome',
  130: 'Interrupted with Ctrl-C, and no mutation was sent',
}

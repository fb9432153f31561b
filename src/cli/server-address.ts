import type { ServerTarget } from '../client/destination.ts'
import type { CommandLine } from './command.ts'
import { UsageError } from './exit.ts'

/** Returns the URL and the API key of a command. @throws UsageError if one of them is malformed. */
export function getServerAddress(input: CommandLine): ServerTarget {
  const url = input.getOption('url') ?? (process.env['PARLEY_URL'] || 'http://127.0.0.1:4000/graphql')
  const key = input.getOption('key') ?? (process.env['PARLEY_API_KEY'] || undefined)
  const source = input.getOption('url') === undefined ? 'The environment variable PARLEY_URL' : '"--url"'
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new UsageError(`${source} must be a URL that begins with "http://" or "https://".`)
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key))
    throw new UsageError(`The API key must have only visible ASCII characters and no spaces.`)
  return { url, key }
}

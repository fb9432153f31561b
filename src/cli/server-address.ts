import type { Destination } from '../client/send.ts'
import type { Input } from './command.ts'
import { UsageError } from './exit.ts'

/** Which server a command speaks to, and as whom. Throws UsageError. */
export function serverAddress(input: Input): Destination {
  const url = input.text('url') ?? (process.env['PARLEY_URL'] || 'http://127.0.0.1:4000/graphql')
  const key = input.text('key') ?? (process.env['PARLEY_API_KEY'] || undefined)
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new UsageError('The URL must begin with http:// or https://.')
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key))
    throw new UsageError('The API key must be visible ASCII characters without spaces.')
  return { url, key }
}

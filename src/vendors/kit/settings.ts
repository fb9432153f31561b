import { z } from 'zod'
import { isLoopback } from '../../core/host.ts'

/** Schema of an ID or secret in an account's configuration. */
export const credential = z
  .string()
  .regex(
    /^[\x21-\x7e]+$/,
    'must not be empty and must not contain whitespace. Check the variable or file that it comes from.',
  )

type SecureScheme = 'https' | 'wss'

const localSchemes = { https: 'http', wss: 'ws' } as const

/** Returns a schema that removes slashes at the end of a URL. */
const createUrlSchema = (scheme: SecureScheme) =>
  z
    .string()
    .superRefine((text, context) => {
      const issue = findUrlFault(text, scheme)
      if (issue) context.addIssue(issue)
    })
    .transform((text) => text.replace(/\/+$/, ''))

/** Schema of a base URL. Removes slashes at its end. */
export const baseUrl = createUrlSchema('https')

/** Schema of the URL of a WebSocket. Removes slashes at its end. */
export const socketUrl = createUrlSchema('wss')

function findUrlFault(text: string, scheme: SecureScheme): string | null {
  const url = URL.parse(text)
  const localScheme = localSchemes[scheme]
  if (url?.protocol !== `${scheme}:` && url?.protocol !== `${localScheme}:`)
    return `must be an absolute URL that begins with ${scheme}://.`
  if (url.username || url.password) return 'must not contain a user name or password. Remove them.'
  if (text.includes('?') || text.includes('#'))
    return 'must not contain a query or fragment. Remove everything from "?" or "#".'
  if (url.protocol === `${localScheme}:` && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    return `must use ${scheme}. Only addresses of this machine can use ${localScheme}.`
  return null
}

/**
 * Reads settings from environment variables. Null if none of them is set.
 *
 * @param variables Names of the environment variables, by setting.
 */
export function readSettings(
  variables: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> | null {
  const entries = Object.entries(variables).filter(([, variable]) => environment[variable])
  if (entries.length === 0) return null
  return Object.fromEntries(entries.map(([name, variable]) => [name, environment[variable]]))
}

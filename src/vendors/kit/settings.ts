import { z } from 'zod'
import { isLoopback } from '../../core/host.ts'

/** Schema of an ID or secret in an account's configuration. */
export const credential = z
  .string()
  .regex(
    /^[\x21-\x7e]+$/,
    'must not be empty and must not contain whitespace. Check the variable or file that it comes from.',
  )

/** Schema of a base URL. Removes slashes at its end. */
export const baseUrl = z
  .string()
  .superRefine((text, context) => {
    const issue = findUrlFault(text)
    if (issue) context.addIssue(issue)
  })
  .transform((text) => text.replace(/\/+$/, ''))

function findUrlFault(text: string): string | null {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be an absolute URL that begins with https://.'
  if (url.username || url.password) return 'must not contain a user name or password. Remove them.'
  if (text.includes('?') || text.includes('#'))
    return 'must not contain a query or fragment. Remove everything from "?" or "#".'
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    return 'must use https. Only addresses of this machine can use http.'
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

import { z } from 'zod'
import { isLoopback } from '../../core/host.ts'

/** An id or secret of an account's configuration. */
export const credential = z
  .string()
  .regex(
    /^[\x21-\x7e]+$/,
    'must not be empty and must not contain whitespace; check the variable or file that it comes from',
  )

/** A base address, given without the slash at its end. */
export const baseUrl = z
  .string()
  .superRefine((text, context) => {
    const fault = findUrlFault(text)
    if (fault) context.addIssue(fault)
  })
  .transform((text) => text.replace(/\/+$/, ''))

function findUrlFault(text: string): string | null {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be an absolute address that begins with https://'
  if (url.username || url.password) return 'must not hold a user name or password; take them out'
  if (text.includes('?') || text.includes('#')) return 'must not hold a query or fragment; end it before the "?" or "#"'
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    return 'must use https; http is for this machine only'
  return null
}

/** Settings by the environment variables that hold them; null where none of those is set. */
export function readSettings(
  variables: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> | null {
  const given = Object.entries(variables).filter(([, variable]) => environment[variable])
  if (given.length === 0) return null
  return Object.fromEntries(given.map(([name, variable]) => [name, environment[variable]]))
}

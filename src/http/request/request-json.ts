import { findInexactInteger } from './inexact-integer.ts'
import { assertJsonShape } from './json-shape.ts'
import type { HttpLimits } from '../limits.ts'
import { Problem } from '../../core/errors.ts'
import { createBadRequest, HttpError } from '../response/http-error.ts'

/** Maximum number of names in a JSON object. More than any input needs. */
const maxObjectKeys = 10_000

/** Rejects a text that is not JSON in UTF-8. */
export class JsonSyntaxError extends HttpError {
  constructor(message: string) {
    super(new Problem('BAD_USER_INPUT', message))
  }
}

/**
 * Parses JSON in UTF-8. A byte order mark is ignored.
 *
 * @param levels Levels above the variables, which can have `variableDepth` levels more.
 * @throws `BAD_USER_INPUT` if it is not valid, too large, nested too deeply, or has an integer that a double would round.
 */
export function parseRequestJson(bytes: Uint8Array | string, limits: HttpLimits, levels = 1): unknown {
  const text = typeof bytes === 'string' ? bytes.replace(/^\ufeff/, '') : decodeUtf8(bytes)
  assertJsonShape(text, limits.variableDepth + levels)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new JsonSyntaxError('The request body is not valid JSON.')
  }
  assertObjectKeys(value)
  const name = findInexactInteger(text)
  if (name !== null)
    throw createBadRequest(
      `${name ? `"${name}"` : 'A list'} has an integer beyond ±2^53, which JSON numbers do not represent exactly. Send a smaller number, or a string if the type allows it.`,
    )
  return value
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new JsonSyntaxError('The request body is not valid UTF-8.')
  }
}

/** Rejects objects with the name `__proto__` or with too many names. */
function assertObjectKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) assertObjectKeys(item)
    return
  }
  const names = Object.keys(value)
  if (names.length > maxObjectKeys)
    throw createBadRequest(`A JSON object has too many names. The limit is ${maxObjectKeys}.`)
  for (const name of names) {
    if (name === '__proto__') throw createBadRequest('The name "__proto__" is not allowed in JSON.')
    assertObjectKeys((value as Record<string, unknown>)[name])
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

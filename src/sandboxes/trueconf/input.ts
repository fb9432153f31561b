import type { Context } from 'hono'
import { z } from 'zod'
import { withoutNulls } from '../without-nulls.ts'
import { ApiError, createInvalidInputError } from './errors.ts'
import type { Env } from './model.ts'

/** The server accepts numbers as strings, and strings as numbers. */
export const text = z.union([z.string(), z.number().transform(String)])

export const int = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
])

export const bool = z.union([
  z.boolean(),
  z.union([z.literal([0, 1]), z.literal(['0', '1', 'true', 'false'])]).transform((v) => [1, '1', 'true'].includes(v)),
])

export const flag = int.pipe(z.literal([0, 1]))

const formType = /^application\/x-www-form-urlencoded\b/i

/**
 * Reads a body as JSON or as a form. A JSON body with the content type of a form, as curl sends it, is JSON. Null fields are
 * treated like omitted ones.
 */
export async function readBody(c: Context): Promise<Record<string, unknown>> {
  const raw = await c.req.text()
  if (raw.trim() === '') return {}
  if (formType.test(c.req.header('content-type') ?? '') && !raw.trimStart().startsWith('{'))
    return Object.fromEntries(new URLSearchParams(raw))
  const body = parseJson(raw)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw unreadable()
  return withoutNulls(body) as Record<string, unknown>
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    throw unreadable()
  }
}

const unreadable = () => new ApiError(400, { reason: 'parseError', message: 'The body is not a JSON object.' })

/** Returns the known fields of the body. @throws ApiError for the first invalid field. */
export async function readFields<T extends z.ZodType>(c: Context, shape: T): Promise<z.infer<T>> {
  const result = shape.safeParse(await readBody(c))
  if (result.success) return result.data
  const { path, message } = result.error.issues[0]!
  throw createInvalidInputError(path.join('.'), 'invalidParameter', message)
}

/** Returns a whole number of the query. Returns `fallback` if it is omitted, invalid, or less than `least`. */
function parseQueryNumber(c: Context<Env>, name: string, fallback: number, least: number): number {
  const value = c.req.query(name) ?? ''
  return /^\d{1,9}$/.test(value) && Number(value) >= least ? Number(value) : fallback
}

const defaultPageSize = 200

const pageSize = (c: Context<Env>, max: number): number =>
  Math.min(parseQueryNumber(c, 'page_size', defaultPageSize, 1), max)

/** Returns a page by its number from 0, without a total. `next_page_id` is -1 at the end. */
export function createPageFromZero<T>(c: Context<Env>, items: T[], max: number): { items: T[]; next_page_id: number } {
  const size = pageSize(c, max)
  const page = parseQueryNumber(c, 'page_id', 0, 0)
  const end = (page + 1) * size
  return { items: items.slice(page * size, end), next_page_id: end < items.length ? page + 1 : -1 }
}

/** Returns a page by its number from 1, with the total. */
export function createPageFromOne<T>(c: Context<Env>, items: T[], max: number): { items: T[]; cnt: number } {
  const size = pageSize(c, max)
  const start = (parseQueryNumber(c, 'page_id', 1, 1) - 1) * size
  return { items: items.slice(start, start + size), cnt: items.length }
}

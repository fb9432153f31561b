import { z } from 'zod'
import { Problem } from '../../errors.ts'
import { part, text } from '../lenient.ts'

/** Things have an opaque `id`, and everything else under `details`. */
export function itemOf<S extends z.ZodRawShape>(details: S) {
  return z.object({ id: text, details: part(details) })
}

/** Null where the item has none. */
export function itemId(item: unknown): string | null {
  const { id } = (item ?? {}) as { id?: unknown }
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : null
}

/** An item and its id. Throws VENDOR_BAD_RESPONSE naming the field. */
export function readItem<T>(shape: z.ZodType<T>, item: unknown): { id: string; item: T } {
  const id = itemId(item)
  const result = shape.safeParse(item)
  if (id !== null && result.success) return { id, item: result.data }
  const field = result.error?.issues[0]?.path.map(String).join('.') || 'id'
  throw new Problem('VENDOR_BAD_RESPONSE', `The vendor's answer is not what it should be at "${field}".`, {
    evidence: 'unread',
  })
}

/** The bare id with which the vendor answers what is created, as text. */
export const bareId = z
  .string()
  .trim()
  .regex(/^[^\s"<>{}]{1,255}$/)

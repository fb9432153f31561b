import { z } from 'zod'
import { requireId, toObject, type Unread } from '../kit/lenient.ts'

/** Null where the item has none. */
export function itemId(item: unknown): string | null {
  const { id } = (item ?? {}) as { id?: unknown }
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : null
}

/** A thing that is read: it has an opaque ID, and everything else under `details`. */
export interface Item<Names extends string> {
  id: string
  details: Unread<Names>
}

/** @throws VENDOR_BAD_RESPONSE if there is no ID. */
export function readItem<Names extends string>(raw: unknown): Item<Names> {
  return { id: requireId(itemId(raw)), details: toObject<Names>((raw as Unread<'details'>).details) ?? {} }
}

/** The bare id with which the vendor answers what is created, as text. */
export const bareId = z
  .string()
  .trim()
  .regex(/^[^\s"<>{}]{1,255}$/)

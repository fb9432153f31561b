import { z } from 'zod'
import { getItemId, requireId, toObject, type UnreadFields } from '../kit/lenient.ts'

/** A thing that is read: it has an opaque ID, and everything else under `details`. */
export interface Item<Names extends string> {
  id: string
  details: UnreadFields<Names>
}

/** @throws VENDOR_BAD_RESPONSE if there is no ID. */
export function readItem<Names extends string>(raw: unknown): Item<Names> {
  return { id: requireId(getItemId(raw)), details: toObject<Names>((raw as UnreadFields<'details'>).details) ?? {} }
}

/** The bare id with which the vendor answers what is created, as text. */
export const bareId = z
  .string()
  .trim()
  .regex(/^[^\s"<>{}]{1,255}$/)

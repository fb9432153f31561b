import { z } from 'zod'
import { getItemId, requireId, toObject, type UnreadFields } from '../kit/lenient.ts'

/** An object of the edge API: an opaque ID, with all other fields in `details`. */
export interface Item<Names extends string> {
  id: string
  details: UnreadFields<Names>
}

/** Reads an object of the edge API. @throws `VENDOR_BAD_RESPONSE` if there is no ID. */
export function readItem<Names extends string>(raw: unknown): Item<Names> {
  return { id: requireId(getItemId(raw)), details: toObject<Names>((raw as UnreadFields<'details'>).details) ?? {} }
}

/** Schema of the response to a create: only the ID, as text. */
export const bareId = z
  .string()
  .trim()
  .regex(/^[^\s"<>{}]{1,255}$/)

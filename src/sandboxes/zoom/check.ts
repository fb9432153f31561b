import { z } from 'zod'
import { withoutNulls } from '../without-nulls.ts'
import { invalidFields } from './errors.ts'

/** What of a body the shape reads; a field that is null is as good as absent. A misfit is the 400/300 that names the fields. */
export function check<T>(shape: z.ZodType<T>, body: unknown): T {
  const result = shape.safeParse(withoutNulls(body))
  if (result.success) return result.data
  throw invalidFields(...new Set(result.error.issues.map((issue) => issue.path.join('.'))))
}

/** A number, or a text of its digits: Zoom reads both. */
export const numeric = <T extends z.ZodType>(shape: T) =>
  z.preprocess((value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value), shape)

import { z } from 'zod'
import { withoutNulls } from '../without-nulls.ts'
import { invalidFields } from './errors.ts'

/** Returns the fields of a body. Null fields are treated like omitted ones. @throws ZoomError 400/300 with the invalid fields. */
export function parseBody<T>(shape: z.ZodType<T>, body: unknown): T {
  const result = shape.safeParse(withoutNulls(body))
  if (result.success) return result.data
  throw invalidFields(...new Set(result.error.issues.map((issue) => issue.path.join('.'))))
}

/** Creates the schema of a number or its digits in a string. Zoom accepts both. */
export const createNumericSchema = <T extends z.ZodType>(shape: T) =>
  z.preprocess((value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value), shape)

import type { z } from 'zod'
import { invalidFields } from './errors.ts'

/** What of a body the shape reads; a misfit is the 400/300 that names the fields. */
export function check<T>(shape: z.ZodType<T>, body: unknown): T {
  const result = shape.safeParse(body)
  if (result.success) return result.data
  throw invalidFields(...new Set(result.error.issues.map((issue) => issue.path.join('.'))))
}

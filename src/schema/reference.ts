import { Problem } from '../core/errors.ts'
import { createFieldProblem } from './input.ts'

/**
 * Returns what a lookup by `ref.vendorId` returns.
 *
 * @throws BAD_USER_INPUT, instead of INVALID_ID, if no object of the vendor can have the ID.
 */
export async function rejectUnusableId<T>(lookup: T | Promise<T>): Promise<T> {
  try {
    return await lookup
  } catch (error) {
    if (error instanceof Problem && error.code === 'INVALID_ID')
      throw createFieldProblem(['ref', 'vendorId'], 'must be an ID of the vendor')
    throw error
  }
}

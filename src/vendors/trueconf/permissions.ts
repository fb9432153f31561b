import { Problem } from '../../core/errors.ts'

/** Adds the name of the permission that a call requires to the error if it is missing. */
export async function requirePermission<T>(name: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'VENDOR_FORBIDDEN') throw error
    throw error.with({
      message: `The OAuth2 application lacks the permission "${name}". Add it in the control panel of the server.`,
      cause: error,
    })
  }
}

/** Resolves to another value if the permission for a call is missing. @throws The other errors of `reading`. */
export async function replaceIfForbidden<T, R>(reading: Promise<T>, replace: (problem: Problem) => R): Promise<T | R> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Problem && error.code === 'VENDOR_FORBIDDEN') return replace(error)
    throw error
  }
}

import type { AnyVariables, OperationResult } from 'urql'

/** The data; throws where there is none. */
export function dataOf<Data, Variables extends AnyVariables>({ data, error }: OperationResult<Data, Variables>): Data {
  if (data == null) throw error ?? new Error('The answer was empty.')
  return data
}

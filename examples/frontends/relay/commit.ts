import { commitMutation } from 'relay-runtime'
import type { MutationConfig, MutationParameters } from 'relay-runtime'
import { environment } from './environment.ts'

/** Relay's mutation as a promise. */
export function commit<M extends MutationParameters>(config: MutationConfig<M>): Promise<M['response']> {
  return new Promise((resolve, reject) => {
    commitMutation<M>(environment, { ...config, onCompleted: resolve, onError: reject })
  })
}

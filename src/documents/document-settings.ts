export const documentModes = ['off', 'allow', 'only'] as const

/**
 * Which documents a caller can send.
 *
 * - `off`: texts only.
 * - `allow`: texts, the IDs of trusted documents, and the hashes of remembered documents.
 * - `only`: trusted documents only, by their IDs or their texts.
 */
export type DocumentMode = (typeof documentModes)[number]

/** A file or folder with trusted documents. */
export interface DocumentPath {
  /** Path in the configuration, for messages. */
  name: string
  /** Absolute path. */
  path: string
}

/** Settings of the trusted documents of a caller. */
export interface DocumentSettings {
  mode: DocumentMode
  from: readonly DocumentPath[]
}

import type { NodeType } from '../schema/ids.ts'

const vendorKey = 'account { key } vendorId'

/** Keys of the types that a gateway can look up, besides `id`. */
export const entityKeys = {
  Account: ['key'],
  Conference: [vendorKey],
  Operation: [],
  Participant: [],
  UploadedFile: [],
  User: [vendorKey],
} as const satisfies Partial<Record<NodeType, readonly string[]>>

export type EntityType = keyof typeof entityKeys

export const isEntityType = (name: string | null): name is EntityType =>
  name !== null && Object.hasOwn(entityKeys, name)

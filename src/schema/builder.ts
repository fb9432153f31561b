import SchemaBuilder from '@pothos/core'
import type { Context } from './context.ts'
import type { FileHandle } from '../core/file-handle.ts'
import { DateTime, EmailAddress, File, Json, TimeZone, UrlScalar } from './scalars.ts'

interface Types {
  Context: Context
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    EmailAddress: { Input: string; Output: string }
    TimeZone: { Input: string; Output: string }
    URL: { Input: string; Output: string }
    JSON: { Input: unknown; Output: unknown }
    File: { Input: FileHandle; Output: never }
  }
}

export const builder = new SchemaBuilder<Types>({})

builder.addScalarType('DateTime', DateTime)
builder.addScalarType('EmailAddress', EmailAddress)
builder.addScalarType('TimeZone', TimeZone)
builder.addScalarType('URL', UrlScalar)
builder.addScalarType('JSON', Json)
builder.addScalarType('File', File)

builder.queryType({ description: 'The queries of the API. A query never changes anything at a vendor.' })

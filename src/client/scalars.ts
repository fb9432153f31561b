/** TypeScript types of the scalars of the schema, for the option `scalars` of GraphQL Code Generator. */
export const scalars = {
  ID: 'string',
  DateTime: 'string',
  EmailAddress: 'string',
  File: 'File',
  JSON: 'unknown',
  TimeZone: 'string',
  URL: 'string',
} as const

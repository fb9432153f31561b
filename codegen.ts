import type { CodegenConfig } from '@graphql-codegen/cli'

const scalars = { DateTime: 'string', EmailAddress: 'string', TimeZone: 'string', URL: 'string', JSON: 'unknown' }
const common = { importExtension: '.ts', useTypeImports: true, enumsAsTypes: true, strictScalars: true } as const

const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'test/e2e/gql/': {
      documents: ['test/e2e/documents.ts'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { ...common, scalars: { ...scalars, File: 'File' } },
    },
    // What `parley/client` brings along; its `upload` puts the file where the operations have null.
    'src/client/gql/': {
      documents: ['src/client/documents.graphql'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { ...common, dedupeFragments: true, scalars: { ...scalars, ID: 'string', File: 'null' } },
    },
    // For Apollo Client and urql; Relay's compiler makes its own.
    'examples/frontends/shared/gql/': {
      documents: ['examples/frontends/shared/documents.graphql'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { ...common, dedupeFragments: true, scalars: { ...scalars, ID: 'string', File: 'File' } },
    },
  },
}

export default config

import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['test/e2e/documents.ts'],
  generates: {
    'test/e2e/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        importExtension: '.ts',
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: {
          DateTime: 'string',
          EmailAddress: 'string',
          TimeZone: 'string',
          URL: 'string',
          JSON: 'unknown',
          File: 'File',
        },
      },
    },
  },
}

export default config

import { testFrontend } from './suite.ts'

testFrontend('urql')

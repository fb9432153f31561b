import { testFrontend } from './suite.ts'

testFrontend('relay')

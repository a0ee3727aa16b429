import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['**/dist/', '**/.next/', '**/next-env.d.ts', 'playwright-report/', 'reports/', 'test-results/']),
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // What `await using` declares is used at the end of its block.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreUsingDeclarations: true }],
      // Playwright's fixtures destructure an empty object where they depend on nothing.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
    },
  },
  {
    // Specs stand on the fixtures, and on nothing under them: how a thing is done is one call away, never in the spec.
    files: ['e2e/**/*.ts', 'cluster-tests/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!(\\.\\./)+fixtures/test\\.ts$)', message: 'A spec imports fixtures/test only.' }] },
      ],
    },
  },
  {
    // The cluster as specs see it knows nothing of the application that is tested on it; nor do the modules that it shares with what does.
    files: ['fixtures/*.ts', 'fixtures/cluster/**/*.ts'],
    ignores: ['fixtures/test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '/(app|documents|experiment|load|matchers|pages|reporters|services|setup|test)/|/test\\.ts$',
              message: 'fixtures/cluster knows nothing of the application.',
            },
          ],
        },
      ],
    },
  },
);

// Fails with {"message": "text"} in its log, or with a text of its own; the exit code is 1.
import { fail, input } from './command';
import { field, text } from './json';

function main(): void {
  const message = text(field(input(), 'message'));
  fail(message === null ? 'This function always fails.' : message);
}

main();

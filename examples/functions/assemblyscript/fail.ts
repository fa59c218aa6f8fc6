// Fails with {"message": "text"}, or with a text of its own.
import { fail, input } from './funless';
import { field, text } from './json';

export function __invoke(length: i32): i32 {
  const message = text(field(input(length), 'message'));
  return fail(message === null ? 'This function always fails.' : message);
}

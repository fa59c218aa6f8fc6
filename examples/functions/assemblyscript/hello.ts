// {"name": "x"} -> {"payload": "Hello x!"}
import { answer, input } from './funless';
import { field, inside } from './json';

export function __invoke(length: i32): i32 {
  const name = inside(field(input(length), 'name'));
  return answer(`{"payload": "Hello ${name === null ? 'World' : name}!"}`);
}

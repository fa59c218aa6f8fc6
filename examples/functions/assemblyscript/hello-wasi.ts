// {"name": "x"} on standard input -> {"payload": "Hello x!"} on standard output
import { answer, input } from './command';
import { field, inside } from './json';

const name = inside(field(input(), 'name'));
answer(`{"payload": "Hello ${name === null ? 'World' : name}!"}`);

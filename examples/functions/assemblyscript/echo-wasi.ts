// Answers its input.
import { answer, input } from './command';

answer(input());

// A FunLess function, built as a reactor: its input in capitals.
package main

import (
	"bytes"
	"unsafe"
)

//go:wasmimport fl_imps __get_input_data
func getInput(to unsafe.Pointer)

//go:wasmimport fl_imps __insert_response
func insertResponse(at unsafe.Pointer, length uint32)

//go:wasmexport __invoke
func invoke(length int32) int32 {
	input := make([]byte, length+1)
	getInput(unsafe.Pointer(&input[0]))
	output := bytes.ToUpper(input[:length])
	insertResponse(unsafe.Pointer(&output[0]), uint32(len(output)))
	return 0
}

func main() {}

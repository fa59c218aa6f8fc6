// A WASI command: answers what it reads, with what Go's own libraries say of it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

type answer struct {
	Keys    []string `json:"keys"`
	Shout   string   `json:"shout"`
	Sum     int      `json:"sum"`
	Waited  bool     `json:"waited"`
	NoFile  bool     `json:"no_file"`
	Setting string   `json:"setting"`
}

func main() {
	var input map[string]any
	if err := json.NewDecoder(os.Stdin).Decode(&input); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var keys []string
	for key := range input {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	start := time.Now()
	time.Sleep(time.Millisecond)
	_, noFile := os.Open("/etc/passwd")
	json.NewEncoder(os.Stdout).Encode(answer{
		Keys:    keys,
		Shout:   strings.ToUpper(fmt.Sprint(input["text"])),
		Sum:     sum(),
		Waited:  time.Since(start) >= time.Millisecond,
		NoFile:  noFile != nil,
		Setting: os.Getenv("GREETING"),
	})
}

// By ten goroutines.
func sum() int {
	parts := make(chan int)
	var all sync.WaitGroup
	for i := 0; i < 10; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			parts <- i * i
		}()
	}
	go func() {
		all.Wait()
		close(parts)
	}()
	total := 0
	for part := range parts {
		total += part
	}
	return total
}

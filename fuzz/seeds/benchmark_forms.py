"""A small file for each form; the numbers are those of form_cases() in benchmark_forms.cpp."""
import json
import pickle


def seeds():
    for number, (name, *parts) in enumerate(forms()):
        texts = [part if isinstance(part, bytes) else part.encode() for part in parts]
        yield name, bytes([number]) + b"\n--\n".join(texts)


def captions(*videos):
    return json.dumps({"annotations": [{"image_id": video, "caption": text} for video, text in videos]})


def forms():
    two = captions(("v1", "a"), ("v1", "b"), ("v2", "c"))
    yield "jsfusion-csv", 'key,vid_key,video_id,sentence\nret0,msr1,a,"one, two"\nret1,msr2,b,three\n'
    yield "msrvtt-pickle", two, "v1\nv2\n", pickle.dumps({"v1": 1, "v2": 0}, 2)
    yield "msrvtt-json", two, "v1\nv2\n", json.dumps({"v1": 1, "v2": 0})
    yield "captions-json", json.dumps({"a.mp4": ["one", "two"], "b.mp4": "three"})
    yield "video-caption-json", json.dumps([{"video": "a.mp4", "caption": ["one", "two"]}, {"video": 7, "caption": "x"}])
    yield "caption-path-tsv", "caption\tpath\na dog. it runs\ta.mp4\n"
    yield "didemo-json", json.dumps([{"video": "a.mov", "description": "x", "times": [[0, 1]]}]), "a.mov\n"
    yield "lsmdc-tsv", "1_Film_00.00.01.000-00.00.02.000\t0\t1\t2\t3\tShe walks.\n"
    yield "webvid-csv", 'videoid,contentUrl,duration,page_dir,name\n7,x,PT1S,000001_000050,"Dogs, running"\n'
    yield "webvid-tsv", "Name\tid\nDogs\t000001_000050/7\n"
    yield "split-files", "b.avi 2\nc d.avi 1\n", "e.avi 2\n", "run\nwave\n"
    yield "path-label", "run/a.avi\t1\nb.avi\t2\n", "run\nwalk\n", "see {}\n"
    yield "ucf-lists", "Run/a.avi\r\nYoYo/b.avi 2\r\n", "1 Run\r\n2 YoYo\r\n"
    yield "kinetics-csv", "label,youtube_id,time_start,time_end,split\nrun,b,1,11,val\nair drumming (x),-_,7.0,17,val\n"
    yield "path-label-commas", 'path,label\n"a, b.mp4",1\nc d.mp4 0\nb_000002_000012.mp4,0\n', json.dumps({"x": 1, "y": 0})
    yield "choices-jsonl", '{"clip_name": "a.mp4", "options": ["x", "y"], "answer": 1}\n{"clip_name": 7, "options": ["x", "y"], "answer": "x"}\n'
    yield ("ssv2-official", json.dumps([{"id": "1", "label": "spinning it", "template": "Spinning [something]"},
                                        {"id": "2", "template": "Holding [something]"}]),
           json.dumps({"Spinning something": "0", "Holding something": "1"}))
    yield "retrieval-csv", "path,caption\na.mp4,one\na.mp4,two\n"
    yield "retrieval-jsonl", '{"path": "a.mp4", "caption": "one"}\n'
    yield "actions-tsv", "path\tlabel\na.mp4\tC\nb.mp4\tC++\n"
    yield "choices-table", "path,option_a,option_b,answer\na.mp4,x,y,1\n"

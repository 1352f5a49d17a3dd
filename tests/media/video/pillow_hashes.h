// Made by make_pillow_hashes.py with Pillow 13.
#pragma once

#include "tvts/config/preprocess.h"

namespace tvts::test {

struct PillowHash {
  int width, height;
  Preprocess preprocess;
  int image_size;
  const char* sha256;
};

inline constexpr PillowHash kPillowHashes[] = {
    {320, 240, Preprocess::kTvtsv2Eval, 224, "45e413b3b35632b06f79de8ec65be2e055aa6014e52beca881ca012efc811f9a"},
    {320, 240, Preprocess::kTvtsv2Eval, 112, "4c6e10331ff97c4e69ef6b786075e449c38b564837259a2f8033644d0580f42b"},
    {320, 240, Preprocess::kTvtsv2Eval, 336, "40515478d1fc2737db826816968be01dbebea63d0d750c7af0fd1329ad312928"},
    {320, 240, Preprocess::kTvtsv2Eval, 97, "37e5b8010c7752e3653dbbec478a338067befa0700a0c35b5563f7bfeebcc681"},
    {320, 240, Preprocess::kTvtsv2Extract, 224, "0ad4bfc4f7cced078ab8665d32f1433bbf6022f9a6b72a48fc7739dd2e188cb3"},
    {320, 240, Preprocess::kTvtsv2Extract, 112, "05b269ded476225b7a6403229bfe921ff3220b9cdae21a2235c5bf48fa7678e3"},
    {320, 240, Preprocess::kTvtsv2Extract, 336, "3f2d2e6eeea80d866cfb2cbf01b03318a0ea2e16f30e253d541e5bed8da596d0"},
    {320, 240, Preprocess::kTvtsv2Extract, 97, "8935d7919483be60bd8d37807c3433971a21f71ac4601c0a893783da613d838a"},
    {320, 240, Preprocess::kClip, 224, "9166d032d6daf09b3b1915b46fe91af609d025f746b8b8ec8e8cb6f848aa2325"},
    {320, 240, Preprocess::kClip, 112, "8bc6e8a3c886bfa69eb7489ea949c7bde16eb55b2e6fec19f5143df7141a24a3"},
    {320, 240, Preprocess::kClip, 336, "6784fd486314aa64b72b620b932217bb401e388f978dcf82f9b5c4152c86b94d"},
    {320, 240, Preprocess::kClip, 97, "7479eb9168724e9c25aa03c4817fd5b6d8757ec9d43e0ca77e5c09ba5fd78add"},
    {240, 320, Preprocess::kTvtsv2Eval, 224, "dc429d6b2f33b6226cd303247554b28b79ac990de4461aacad78ebd163f5ab1b"},
    {240, 320, Preprocess::kTvtsv2Eval, 112, "ded113c5c34a103ed3c4d9778381a8a77b0fd18e51086ec38512a981eccbe12d"},
    {240, 320, Preprocess::kTvtsv2Eval, 336, "d9b324207336d93a41c905668eb9cbd6ef15ed13e2c449fa837c075d9af73229"},
    {240, 320, Preprocess::kTvtsv2Eval, 97, "276ebf6d7b8d7be33b09add49fba41e3f1680c49e0097d8283fa61dd1b1d5ee1"},
    {240, 320, Preprocess::kTvtsv2Extract, 224, "b2b13f680429e2b35aed1689b5d3b304d787bc4bc1fdcb36d43203a98aa484c9"},
    {240, 320, Preprocess::kTvtsv2Extract, 112, "d88c5bcb1f4cdc2af811a4db771bd946ad4fc4665cd20a951eb2c8d46b9038f5"},
    {240, 320, Preprocess::kTvtsv2Extract, 336, "2c288a29679341b849abc8934c503bbda806bf7af4195c30f4ef5c78723b8881"},
    {240, 320, Preprocess::kTvtsv2Extract, 97, "922bb6f0be0389bbc68162d80c5b4665efbddf267053be71d69e1f6ee70d2f2d"},
    {240, 320, Preprocess::kClip, 224, "c368abde8eff04eb55bad5ca1b6b70363268bebfa4cc7987185c321133ff3d81"},
    {240, 320, Preprocess::kClip, 112, "89a0a98b04bd230db3d1c5816ae267e12488ff573a648cbc169ed7aba9f2c60f"},
    {240, 320, Preprocess::kClip, 336, "cff7d310d5715ec2b9eeb37749cab1e603a0e232362986c0304ff76168c238ab"},
    {240, 320, Preprocess::kClip, 97, "1c573281128b0f3af94209aa4d60e9087d2fee1126c34cde1e7da4137a7e9c15"},
    {640, 360, Preprocess::kTvtsv2Eval, 224, "5efde9a3ceddb72bb45482bf385d8eef239f11fc145ecc5ae07f9950cca9e30e"},
    {640, 360, Preprocess::kTvtsv2Eval, 112, "eeb0840f05e2f490cf102a4833af36c728fd52a9b54ab2c17fe829289e48d01d"},
    {640, 360, Preprocess::kTvtsv2Eval, 336, "5fe7d048376ed874f40fdf066556ab1221cd37b18e9e39a75e4f034f2cb39f17"},
    {640, 360, Preprocess::kTvtsv2Eval, 97, "38652be0319c75b8e64375f2a56f8a074efdbfe2ca2bfb2d9e0fc58f7e2455cf"},
    {640, 360, Preprocess::kTvtsv2Extract, 224, "dceb6d5afbd729a863aef2b267ac85036a940bc56ddba1472aace429e71647b6"},
    {640, 360, Preprocess::kTvtsv2Extract, 112, "81fb746bed4a3fb71abc1b9557a697dd99a37200497c08ab8e507cb000ef35f2"},
    {640, 360, Preprocess::kTvtsv2Extract, 336, "0469eb35f33d5661e76695c6b8437761de794aa64e1dd4354104d86a20b8352b"},
    {640, 360, Preprocess::kTvtsv2Extract, 97, "81709091777749ab07e5e63a61f5444780ceda0d5512879e07810c4fdab3091e"},
    {640, 360, Preprocess::kClip, 224, "139b72f93c7ec98a10aa71ec96afde0fa345745575ffd2cba7a1931b06c320b7"},
    {640, 360, Preprocess::kClip, 112, "5ddf90c0a0ae4e14cd16170c908f6bd2e58df00662bf414e64c66a1bb1424bce"},
    {640, 360, Preprocess::kClip, 336, "d09fb9f1b383b3dd6383dbd518e7e359dfaf094342631d835b12dab247ea9251"},
    {640, 360, Preprocess::kClip, 97, "f6393793e194db6b1d3e431628b5a70b678b8c74ad3ab3f7522ab5c49fc124c0"},
    {360, 640, Preprocess::kTvtsv2Eval, 224, "af3ff0ae3d545b7e972c9fb6135da19d66621def1c0f550ea3d56733fd963536"},
    {360, 640, Preprocess::kTvtsv2Extract, 224, "90516dac95657af38f64b57489f94d1fdda89c328089913fc05c42a85ecd853e"},
    {360, 640, Preprocess::kClip, 224, "7fa9c9fc748352a9d3b875477d5888bac0aeca01ad8ffb841d2283c9774035b5"},
    {171, 129, Preprocess::kTvtsv2Eval, 224, "024f8bab2985a34253aeb1d56f6169b7831a89b306c4f7b58a0730f26f12f0cb"},
    {171, 129, Preprocess::kTvtsv2Extract, 224, "c019ef5fb566e10d1af700c85444289646c2f2fe44a5d7d43b67f137d8c002f0"},
    {171, 129, Preprocess::kClip, 224, "99f31fe1aea3ad612b067a561545456f7215c50f029e346998a0cce91f68777b"},
    {17, 14, Preprocess::kTvtsv2Eval, 224, "f0116a47361db767b488e6fd4206884126ab425c0e962fefab4898a6f7f52e3d"},
    {17, 14, Preprocess::kTvtsv2Extract, 224, "7e5494075531755188d7868ec02446ccbf2586b3d34801e5dccf1082dfaacfc1"},
    {17, 14, Preprocess::kClip, 224, "4efb596d737336234b427abe32f6fd8599dc2f46b54aca388793e20d6d4b6b5a"},
    {224, 224, Preprocess::kTvtsv2Eval, 224, "c9acd096f259365dd80b00f063bc3a5d0efda5e9ff0720d4995c9879bb0ec124"},
    {224, 224, Preprocess::kTvtsv2Extract, 224, "db7fc0a93b4b1b2cde21f6f5feddfa5be96e66d2bef227054ede3d310d4f98c5"},
    {224, 224, Preprocess::kClip, 224, "db7fc0a93b4b1b2cde21f6f5feddfa5be96e66d2bef227054ede3d310d4f98c5"},
    {64, 500, Preprocess::kTvtsv2Eval, 224, "bc89d4e10c96c8295ec232a495cd6a65c90704fdeac77b9faa3eb1b605f013df"},
    {64, 500, Preprocess::kTvtsv2Extract, 224, "1ab614a1e86b308384a19052825996d38abf9fb996497363070806cc8794903b"},
    {64, 500, Preprocess::kClip, 224, "b520549d269a9c17df23da6879528f46fdc9623df6d2c0c6dd7db61852786297"},
    {500, 64, Preprocess::kTvtsv2Eval, 224, "bc2c1444a62f03561f896fa48fed35e325e83261c3ffb7fdbf65bf00e51cdeaf"},
    {500, 64, Preprocess::kTvtsv2Extract, 224, "b79ccb91950efeaf8ccae55ab74e978786f1c11094585f0955ff4d944ce7d8d9"},
    {500, 64, Preprocess::kClip, 224, "34e6acf3ef7cd3684ae984644c9c0a739899a6982c4a63b6d46e6c508ed340e2"},
    {268, 301, Preprocess::kTvtsv2Eval, 224, "693f18f66620a7ee4988014926390bb002c72ed6cb20f9020e9ed52e2d7a649e"},
    {268, 301, Preprocess::kTvtsv2Extract, 224, "56e1070332fa05d99e1b533a0541ebfcbd0f3749934ac011018d48f7e611b40a"},
    {268, 301, Preprocess::kClip, 224, "13f81be10c501691ca957cd0a7ced43a21df2fb45241a65569af12778445ef7a"},
    {1280, 720, Preprocess::kTvtsv2Eval, 224, "205c3c0ed9f0bb91edd6b8b78450fd0e2273d797a50d28611459b4dffddf9d5e"},
    {1280, 720, Preprocess::kTvtsv2Extract, 224, "5f9172f6b63d93bc0bd9954afd3e0afcbc8bbf95279b94346da31206ee6cfc66"},
    {1280, 720, Preprocess::kClip, 224, "a963aa622cf66f22a0980774bf5709e1e6edf08565fd9eaed776e845dc034430"},
    {576, 768, Preprocess::kTvtsv2Eval, 224, "c87ffaf9dc85e9a12d81684dffb88a1271f4ac7bfb7e7eaa19ddd1c3fcf792e5"},
    {576, 768, Preprocess::kTvtsv2Extract, 224, "12ccc8c96ee67928806044f50a387895d251f6605d5ee6676324cef0c8d7d02d"},
    {576, 768, Preprocess::kClip, 224, "483c33a43b7b0c868fae60228214ea25dc1e451b7f11d7012665f5db11ec1354"},
};

}  // namespace tvts::test
